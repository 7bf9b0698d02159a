"""From every table there is a way to whose it is, and whoever walks these ways finds a new table
too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from qingting.people.data_retention import silent_since
from qingting.people.models import Person
from qingting.privacy import rows
from qingting.privacy.declarations import PersonalData, SealedField
from qingting.privacy.exporting_rest import rest_of
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.site.persons_data import EXPORTERS
from tests.privacy.somebody import BEGAN, KEY, somebody

DATABASES = ["default", "keys"]
each_declared = pytest.mark.parametrize(
    ("model", "declared"), rows.declared(), ids=lambda one: getattr(one, "__name__", "")
)


def end_of(model: type[models.Model], way: str) -> models.Field[object, object]:
    """The column a way leads to."""
    *steps, last = way.removesuffix("_id").split("__")
    for step in steps:
        found = model._meta.get_field(step).related_model
        assert isinstance(found, type), (model, way)
        model = found
    one = model._meta.get_field(last if last != "person" or way != "person_id" else way)
    assert isinstance(one, models.Field)
    return one


def leads_to(one: models.Field[object, object]) -> str:
    """Whose id a column holds."""
    if isinstance(one, models.ForeignKey):
        return str(one.related_model._meta.label)
    if one.primary_key and not one.name.endswith("person_id"):
        return str(one.model._meta.label)
    return "people.Person" if isinstance(one, models.UUIDField) else "nobody"


@each_declared
def test_there_is_a_way_from_every_table_to_whose_it_is(
    model: type[models.Model], declared: PersonalData
) -> None:
    target = {"person": "people.Person", "account": "accounts.Account"}[declared.owner]
    assert leads_to(end_of(model, declared.person)) == target


@each_declared
def test_what_is_withheld_or_clear_is_a_column(
    model: type[models.Model], declared: PersonalData
) -> None:
    columns = {one.name for one in model._meta.local_concrete_fields}
    assert declared.withheld <= columns
    assert declared.clear <= columns


@each_declared
def test_a_person_can_be_taken_out_of_what_stays(
    model: type[models.Model], declared: PersonalData
) -> None:
    if declared.on_erasure == "detach":
        assert end_of(model, declared.person).null


def test_the_features_speak_for_tables_that_are_declared() -> None:
    labels = {model._meta.label for model, _ in rows.declared()}
    spoken_for = [label for one in EXPORTERS for label in one.covers]
    assert set(spoken_for) <= labels
    assert len(spoken_for) == len(set(spoken_for))
    for one in EXPORTERS:
        assert set(one.about().counted) <= one.covers


def test_sealed_values_can_be_found_by_the_id_of_their_row() -> None:
    """Exporting what nobody speaks for, and joining, rely on it."""
    for model, declared in rows.declared():
        if rows.sealed_columns(model) and declared.owner == "person":
            key = model._meta.pk
            while isinstance(key, models.ForeignKey):
                key = key.target_field
            assert isinstance(key, models.UUIDField), model


@pytest.mark.django_db(databases=DATABASES)
def test_everything_of_one_and_nothing_of_another_is_counted() -> None:
    keyring = Keyring(KEY)
    mine, other = somebody(keyring), somebody(keyring, "只有一句", short=True)
    counted = rows.counts(mine.id)
    expected = {
        "people.Person": 1,
        "people.Device": 1,
        "talk.Conversation": 1,
        "talk.Message": 4,
        "talk.Turn": 2,
        "safety.EpisodeRecord": 1,
        "safety.SafetyPlanRecord": 1,
        "skills.ExerciseRun": 1,
        "policy.Event": 4,
        "policy.DailyUse": 1,
        "policy.Balance": 1,
        "progress.MoodEntry": 1,
        "progress.FeltDay": 1,
        "progress.JournalEntry": 1,
        "progress.Questionnaire": 1,
        "progress.Schedule": 1,
        "progress.Letter": 1,
        "progress.ProgressChoice": 1,
        "voices.VoiceChoice": 1,
        "privacy.PersonKey": 1,
    }
    assert {label: one.rows for label, one in counted.items() if one.rows} == expected
    assert counted["talk.Message"].size > sum(len(one.encode()) for one in mine.said)
    assert counted["talk.Message"].since == BEGAN
    assert rows.left_of([mine.id, other.id, uuid4()]) == {mine.id, other.id}
    assert rows.left_of([]) == set()


@pytest.fixture
def new_table(transactional_db: None) -> Iterator[type[models.Model]]:
    """A table that no feature has told anybody about, but for its declaration."""

    class Diary(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        person = models.ForeignKey(Person, on_delete=models.DO_NOTHING)
        page = SealedField()
        written_at = models.DateTimeField()

        privacy = PersonalData(
            exported="a test",
            erased="rows deleted",
            retained="a test",
            clear=frozenset({"id", "person", "written_at"}),
        )

        class Meta:
            app_label = "talk"

    with connection.schema_editor() as editor:
        editor.create_model(Diary)
    yield Diary
    with connection.schema_editor() as editor:
        editor.delete_model(Diary)
    del apps.all_models["talk"]["diary"]
    apps.clear_cache()


@pytest.mark.django_db(databases=DATABASES, transaction=True)
def test_a_new_table_is_counted_exported_erased_and_kept_alive_by(
    new_table: type[models.Model],
) -> None:
    keyring = Keyring(KEY)
    mine = somebody(keyring, short=True)
    other = somebody(keyring, short=True)
    seal, later = keyring.open(mine.id), BEGAN + timedelta(days=90)
    for person, words in ((mine.id, "七月的最后一个周三"), (other.id, "阳台上那盆薄荷")):
        which = uuid4()
        sealed = keyring.open(person).seal(words, Place("talk_diary", "page", which))
        new_table._default_manager.create(id=which, person_id=person, page=sealed, written_at=later)
    assert rows.counts(mine.id)["talk.Diary"].rows == 1
    assert silent_since(later - timedelta(days=1)).count() == 0
    covered = frozenset[str]().union(*(one.covers for one in EXPORTERS))
    rest = rest_of(mine.id, seal, covered)
    assert rest is not None
    [row] = rest.data["talk.Diary"]
    assert row["page"] == "七月的最后一个周三"
    with transaction.atomic():
        assert rows.erase(mine.id)["talk.Diary"] == 1
    assert new_table._default_manager.count() == 1
    assert silent_since(later + timedelta(days=1)).get().id == other.id
