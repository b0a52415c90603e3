from tests.e2e.google_shore import *


def test_x(base, capsys):
    with capsys.disabled():
        for words in (["update"], ["update"], ["report", "stages"], ["tasks"], ["validate", "--tab"]):
            r = base(*words)
            print(words, r.code, r.err)
            for k in base.calls():
                print(
                    "   ",
                    k["method"],
                    k["path"][-30:],
                    k["query"][:300],
                    k["status"],
                    k["request_bytes"],
                    k["response_bytes"],
                    dict(Counter(k["requests"])),
                )
        print(base.stands()["Start"], base.book.get(fields="sheets(properties.title,filterViews)"))
