"""Every role follows every link and sends every asking form it can see: no page fails, none shows a
word of anybody else's, and each is as shut as a scanner wants it.

Everybody here wrote a sentence of their own, whoever looks included: finding that one shows that
the search would have found another.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.test import Client

from qingting.people import breaking_glass, invitations, organisations
from qingting.people.accounts import belonging
from qingting.people.breaking_glass import Asked, What
from qingting.people.consent import service as consents
from qingting.people.consent.ages import Band
from qingting.people.consent.contacts import NamedContact
from qingting.people.roles import Role
from tests.people import staffed
from tests.people.addresses import STAFF
from tests.people.staffed import BY, Somebody, actor
from tests.site import passive
from tests.site.behind_proxy import HOST, Answer, crawl

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

# (who, what they wrote). The first twelve signs of each are the title of their talk.
WROTE = {
    "account": "车棚第三根柱子后面刻了我的名字",
    "counsellor": "值班室的绿萝又黄了两片叶子啊",
    "supervisor": "抽屉最里面那封辞职信还没交上去",
    "operator": "机房空调漏水，拿洗脸盆接了一夜",
    "auditor": "账本倒数第二页夹着旧电影的票根",
    "guardian": "孩子他姨从北边寄来了两箱冻秋梨",
    "duty_contact": "楼下保安室的收音机一直放着评书",
    "child": "外婆缝的布老虎被我藏进了琴凳里",
}
CAMPUS = {"name": "苗小满", "sub": "20269999"}
CONTACT = "灯塔路口修表的表叔"
REASON = "她两节课都没来，宿舍里留了一张写着再见的纸条"
DUTY = "她跟同桌说夜里要一个人去水库边上走走再回来"
BEGIN = (
    *("/", "/talk/", "/memory/", "/safety/plan/", "/skills/mine/", "/now/"),
    *("/me/", "/me/join/", "/me/consents/", "/me/child/", "/account/", "/staff/"),
)
# More than any role can see; a crawl that ends here was cut.
MOST = 400


@dataclass
class Looking:
    """One role's browser as the crawl wants it, over TLS; every cookie it was given is kept."""

    client: Client
    cookies: list[str] = field(default_factory=list)

    def ask(self, path: str) -> Answer:
        """One page, as a scanner gets it."""
        got: Any = self.client.get(path, secure=True, headers={"Host": HOST})
        headers = http.client.HTTPMessage()
        for name, value in got.items():
            headers[name] = value
        # Sent by the client each time; only what a page set of itself is looked at.
        self.cookies += [one.OutputString() for one in got.cookies.values()]
        body = b"".join(got.streaming_content) if got.streaming else got.content
        return Answer(got.status_code, headers, body)


async def _beside(work: Any, *args: Any, **kwargs: Any) -> Any:
    """The turns' own thread has a connection of its own, which sees nothing of a test's."""
    return await sync_to_async(work)(*args, **kwargs)


@pytest.fixture
def people(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Somebody]]:
    """A school with somebody of each role, and a child of it about whom there is everything."""
    for name in ("SESSION", "CSRF", "LANGUAGE", "DEVICE"):
        setattr(settings, f"{name}_COOKIE_SECURE", True)
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.ALLOWED_HOSTS = [HOST]
    settings.SECURE_PROXY_SSL_HEADER = None
    monkeypatch.setattr("qingting.talk.service.in_database_thread", _beside)
    staffed.wired()
    cache.clear()
    place, group = staffed.school()
    found = {
        who: staffed.somebody(words, name=f"{who}-of-test", group=group if who == "child" else None)
        for who, words in WROTE.items()
    }
    for role in Role:
        serves = role in (Role.COUNSELLOR, Role.SUPERVISOR)
        account = found[role].account
        assert account is not None
        if role is not Role.GUARDIAN:  # made one by a child's asking, below
            organisations.give(account.pk, role, place.pk if serves else None, BY, "command:test")
    _surrounded(found, group)
    yield found
    staffed.wired()


def _surrounded(found: dict[str, Somebody], group: Any) -> None:
    child, counsellor, guardian = found["child"], found["counsellor"], found["guardian"]
    assert child.account is not None
    assert child.membership is not None
    assert counsellor.account is not None
    assert guardian.account is not None
    belonging.current().keep_identity(child.account.pk, CAMPUS)
    said = consents.current()
    said.declare_age(child.person, Band.UNDER_14)
    said.save_contact(child.person, NamedContact("", CONTACT, "tower road 7"))
    code = said.ask_guardian(child.person)
    assert said.agree(code, name="林", relation="妈妈", account=guardian.account.pk)
    organisations.give(guardian.account.pk, Role.GUARDIAN, None, BY, "command:test")
    # One that a supervisor has to decide, one that is open.
    asks, reference = actor(counsellor.account), child.membership.reference
    breaking_glass.ask(asks, Asked(reference, What.PLAN, REASON))
    another = staffed.staff("another", Role.SUPERVISOR, at=group.organisation)
    opened = breaking_glass.ask(asks, Asked(reference, What.LAST_CONVERSATION, DUTY))
    breaking_glass.decide(actor(another), opened, allow=True)
    invitations.make(invitations.Asked(group=group.pk), counsellor.account.pk)


def _of_others(who: str) -> list[str]:
    """What no page of this role may show."""
    words = [words[:8] for one, words in WROTE.items() if one != who]
    words += [CONTACT, "tower road", *CAMPUS.values(), "child-of-test"]
    if who not in ("counsellor", "supervisor"):  # who asked, and who decides
        words += [REASON[:8], DUTY[:8]]
    return words


@pytest.mark.parametrize("who", [one for one in WROTE if one != "child"])
def test_a_role_sees_its_own_pages_and_nothing_of_others(
    people: dict[str, Somebody], who: str
) -> None:
    one = people[who]
    looking = Looking(staffed.client(one.account, one.token))
    pages = crawl(looking, BEGIN, MOST)
    assert 50 < len(pages) < MOST
    for path, answer in pages.items():
        assert answer.status < 500, path
        for check in (
            passive.has_headers,
            passive.has_policy,
            passive.is_not_kept,
            passive.is_all_ours,
            passive.tells_nothing,
        ):
            check(path, answer)
        for words in _of_others(who):
            for form in (words.encode(), json.dumps(words)[1:-1].encode()):
                assert form not in answer.body, f"{path} shows {words}"
    passive.cookies_are_shut(looking.cookies)
    own = WROTE[who].encode()
    assert any(own in answer.body for answer in pages.values()), "the search finds nothing at all"
    assert not any(
        own in answer.body for path, answer in pages.items() if path.startswith("/staff/")
    )
    _was_everywhere(who, pages)


def _was_everywhere(who: str, pages: dict[str, Answer]) -> None:
    """Each page of staff without an id was found by links from where this role begins."""
    if who not in {str(one) for one in Role} or who in ("guardian", "duty_contact"):
        assert pages["/staff/"].status == 403
        return
    opened = {path.partition("?")[0] for path, one in pages.items() if one.status == 200}
    for route, roles in STAFF.items():
        if "<" not in route and not route.endswith(("new/", "ask/", "check/", "export/")):
            assert (f"/{route}" in opened) == (who in roles), route
