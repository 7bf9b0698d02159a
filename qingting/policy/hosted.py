"""Whether text may go to a model on somebody else's machine at all, before anybody is asked.

The operator says `ask` or `forbid`. Unsaid, an installation that China's rules apply to forbids an
endpoint outside of the mainland: what is sent there would be sensitive data leaving the country.
Where an endpoint is, only its host name tells here: inside are this machine and private networks,
names that end in .cn, and the few services below that are run from the mainland under another name.
Anything else counts as outside. An operator who knows better says `ask`.
"""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

# Hosts of services on the mainland whose names do not say so; their international doors
# (dashscope-intl and the like) are other hosts and count as outside.
_RUN_FROM_THERE: Final = frozenset(
    {
        "api.deepseek.com",
        "dashscope.aliyuncs.com",
        "qianfan.baidubce.com",
        "ark.cn-beijing.volces.com",
        "api.hunyuan.cloud.tencent.com",
    }
)


def may_ask(setting: str, only_mainland: bool, address: str) -> bool:
    """Whether people may be asked for their consent.

    setting: ask, forbid or "" (see above); any other word forbids. only_mainland:
    whether the law in force keeps data in mainland China. address: of the endpoint.
    """
    if setting:
        return setting.strip().lower() == "ask"
    return not only_mainland or on_the_mainland(address)


def on_the_mainland(address: str) -> bool:
    """What the host of an address says; False when it says nothing."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".cn") or host in _RUN_FROM_THERE
    return number.is_loopback or number.is_private
