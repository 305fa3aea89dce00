#!/usr/bin/env python3
"""Taikai from Python: submit a model, follow it, see the ranking. Standard library only, Python 3.8 or newer.

    python taikai.py login
    python taikai.py submit --round cifar10 model.keras --preprocessing unit --wait
    python taikai.py status SUBMISSION
    python taikai.py leaderboard --round cifar10

Exit codes: 0 done (with --wait: scored), 1 cannot be done (no connection, wrong arguments or key),
2 the model or the request was refused, 3 the run ended without a score.
"""
import argparse
import getpass
import http.client
import json
import locale
import os
import stat
import sys
import time
import urllib.parse
import uuid
from pathlib import Path

SERVER = "__TAIKAI_SERVER__"
CHUNK = 256 * 1024
POLL_SECONDS = 1.0
DONE, CANNOT, REFUSED, NO_SCORE = 0, 1, 2, 3

TEXTS = {
    "ja": {
        "server": "--server でサーバーのアドレスを指定してください (例: --server http://192.168.1.10:3000)。",
        "key": "API キーがありません。マイページでキーを作り、python taikai.py login で保存してください。",
        "ask": "API キー (マイページで作れます): ",
        "saved": "{path} に保存しました。{name} としてつながります。",
        "wrong_key": "この API キーでは入れません。期限が切れていないか、マイページで確かめてください。",
        "unreachable": "{server} につながりません ({reason})。アドレスと通信を確かめてください。",
        "strange": "{server} は大会のサーバーではないようです (HTTP {status})。アドレスを確かめてください。",
        "missing": "{path} がありません。ファイルの名前を確かめてください。",
        "empty": "{path} の中に送るファイルがありません。",
        "upload": "送信中 {percent}%",
        "accepted": "受け付けました: {url}",
        "QUEUED": "採点待ち (前に {ahead} 件)",
        "RUNNING": "採点中 {done}/{total} 枚",
        "SCORED": "採点が終わりました。公開分の正解率 {percent:.2f}% ({correct}/{total})",
        "REJECTED": "採点できませんでした。",
        "FAILED": "サーバー側の問題で採点できませんでした。回数制限には数えません。",
        "CANCELLED": "取り消されました。",
        "request": "リクエスト番号: {id}",
        "columns": ("順位", "チーム", "正解数", "全体", "正解率"),
        "baseline": "参考",
    },
    "en": {
        "server": "Give the server's address with --server (e.g. --server http://192.168.1.10:3000).",
        "key": "There is no API key. Make one on your account page, then keep it with: python taikai.py login",
        "ask": "API key (make one on your account page): ",
        "saved": "Kept in {path}. You are {name}.",
        "wrong_key": "This API key does not open the door. See on your account page whether it has expired.",
        "unreachable": "{server} cannot be reached ({reason}). Check the address and the connection.",
        "strange": "{server} does not seem to be a Taikai server (HTTP {status}). Check the address.",
        "missing": "{path} is not there. Check the file's name.",
        "empty": "There is no file to send in {path}.",
        "upload": "sending {percent}%",
        "accepted": "accepted: {url}",
        "QUEUED": "waiting to be scored ({ahead} ahead)",
        "RUNNING": "scoring, {done} of {total} images",
        "SCORED": "Scored. Accuracy on the public images: {percent:.2f}% ({correct}/{total})",
        "REJECTED": "It could not be scored.",
        "FAILED": "The server failed to score it. It does not count against your limits.",
        "CANCELLED": "It was cancelled.",
        "request": "request id: {id}",
        "columns": ("rank", "team", "correct", "total", "accuracy"),
        "baseline": "base",
    },
}


class Stop(Exception):
    """Ends the program with an exit code and a sentence."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def language():
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "en" if name.lower().startswith("en") else "ja"


class Client:
    def __init__(self, server, key, lang):
        if not server.startswith(("http://", "https://")):
            raise Stop(CANNOT, TEXTS[lang]["server"])
        self.server, self.key, self.texts, self.lang = server.rstrip("/"), key, TEXTS[lang], lang

    def call(self, method, path, body=None, headers=None):
        """Answers (status, JSON or text). Refusals of the server end the program with what it says."""
        address = urllib.parse.urlsplit(self.server)
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        sent = {"accept-language": self.lang, "x-api-key": self.key, **(headers or {})}
        connection = kind(address.netloc, timeout=600)
        try:
            try:
                connection.request(method, address.path + path, body=body, headers=sent)
            except (BrokenPipeError, ConnectionResetError):
                pass  # It refused before it had read everything, and has answered why.
            response = connection.getresponse()
            content, media = response.read(), response.headers.get_content_type()
        except (OSError, http.client.HTTPException) as error:
            raise Stop(CANNOT, self.texts["unreachable"].format(server=self.server, reason=error))
        finally:
            connection.close()
        if media == "application/problem+json":
            raise self.refusal(json.loads(content))
        if response.status >= 400 or media != "application/json":
            raise Stop(CANNOT, self.texts["strange"].format(server=self.server, status=response.status))
        return json.loads(content)

    def refusal(self, problem):
        if problem["code"] == "UNAUTHENTICATED":
            return Stop(CANNOT, self.texts["wrong_key"])
        lines = [problem["title"], problem["detail"]]
        lines += ["{path}: {message}".format(**issue) for issue in problem.get("issues", [])]
        lines += [problem["code"], self.texts["request"].format(id=problem["requestId"])]
        return Stop(CANNOT if problem["status"] >= 500 else REFUSED, "\n".join(lines))


class Progress:
    """One line on standard error that is written over; without a terminal, a line for each change of words."""

    def __init__(self):
        self.shown, self.terminal = "", sys.stderr.isatty()

    def show(self, text):
        if text == self.shown:
            return
        if self.terminal:
            sys.stderr.write("\r" + text + "\x1b[K")
        elif text.split(" ")[0] != self.shown.split(" ")[0]:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()
        self.shown = text

    def end(self):
        if self.terminal and self.shown:
            sys.stderr.write("\n")
        self.shown = ""


class Form:
    """A multipart body that is read from disk while it is sent."""

    def __init__(self, meta, paths, on_share):
        self.boundary, self.on_share = uuid.uuid4().hex, on_share
        self.parts = [(self.head("meta") + json.dumps(meta).encode(), None)]
        self.parts += [(b"\r\n" + self.head("files", path.name), path) for path in paths]
        self.tail = "\r\n--{}--\r\n".format(self.boundary).encode()
        sizes = [len(head) + (path.stat().st_size if path else 0) for head, path in self.parts]
        self.length = sum(sizes) + len(self.tail)

    def head(self, field, name=None):
        quoted = "" if name is None else '; filename="{}"'.format(name.replace("\\", "_").replace('"', "%22"))
        line = '--{}\r\nContent-Disposition: form-data; name="{}"{}\r\n'.format(self.boundary, field, quoted)
        return (line + ("" if name is None else "Content-Type: application/octet-stream\r\n") + "\r\n").encode()

    def __iter__(self):
        sent = 0
        for chunk in self.chunks():
            yield chunk
            sent += len(chunk)
            self.on_share(sent * 100 // self.length)

    def chunks(self):
        for head, path in self.parts:
            yield head
            if path is not None:
                with path.open("rb") as file:
                    yield from iter(lambda: file.read(CHUNK), b"")
        yield self.tail


def files_of(names, texts):
    """The files named, and those that lie directly in a folder that is named."""
    found = []
    for name in map(Path, names):
        if name.is_dir():
            inside = sorted(path for path in name.iterdir() if path.is_file() and not path.name.startswith("."))
            if not inside:
                raise Stop(CANNOT, texts["empty"].format(path=name))
            found += inside
        elif name.is_file():
            found.append(name)
        else:
            raise Stop(CANNOT, texts["missing"].format(path=name))
    return found


def preprocessing_of(options):
    declared = {"preset": options.preprocessing}
    if options.mean or options.std:
        declared.update(mean=options.mean or [0], std=options.std or [1])
    if options.channel_order:
        declared["channelOrder"] = options.channel_order
    if options.flat_order:
        declared["flatOrder"] = options.flat_order
    return declared


def submit(client, options):
    progress = Progress()
    meta = {"label": options.label, "note": options.note, "preprocessing": preprocessing_of(options)}
    on_share = lambda percent: progress.show(client.texts["upload"].format(percent=percent))
    form = Form(meta, files_of(options.files, client.texts), on_share)
    headers = {
        "content-type": "multipart/form-data; boundary=" + form.boundary,
        "content-length": str(form.length),
    }
    path = "/api/rounds/{}/submissions".format(urllib.parse.quote(options.round, safe=""))
    try:
        submission = client.call("POST", path, iter(form), headers)
    finally:
        progress.end()
    url = client.server + "/submissions/" + submission["id"]
    sys.stderr.write(client.texts["accepted"].format(url=url) + "\n")
    if not options.wait:
        print(submission["id"])
        return DONE
    return follow(client, submission)


def follow(client, submission):
    progress = Progress()
    while submission["status"] in ("QUEUED", "RUNNING"):
        progress.show(state_of(client, submission))
        time.sleep(POLL_SECONDS)
        submission = client.call("GET", "/api/submissions/" + submission["id"])
    progress.end()
    print(state_of(client, submission))
    return DONE if submission["status"] == "SCORED" else NO_SCORE


def state_of(client, submission):
    text = client.texts[submission["status"]]
    if submission["status"] == "QUEUED":
        return text.format(ahead=submission["queuePosition"] or 0)
    if submission["status"] == "RUNNING":
        return text.format(done=submission["run"]["imagesDone"], total=submission["run"]["imagesTotal"])
    if submission["status"] == "SCORED":
        correct, total = submission["score"]["correct"], submission["score"]["total"]
        return text.format(percent=100 * correct / total, correct=correct, total=total)
    reason = submission["reason"]
    return text if reason is None else "{} {}".format(text, reason["code"])


def status(client, options):
    submission = client.call("GET", "/api/submissions/" + urllib.parse.quote(options.submission, safe=""))
    if options.wait:
        return follow(client, submission)
    print(state_of(client, submission))
    return DONE


def leaderboard(client, options):
    path = "/api/rounds/{}/leaderboard".format(urllib.parse.quote(options.round, safe=""))
    print("\t".join(client.texts["columns"]))
    for row in client.call("GET", path)["rows"]:
        rank = client.texts["baseline"] if row["rank"] is None else str(row["rank"])
        accuracy = "{:.2f}%".format(100 * row["correct"] / row["total"])
        print("\t".join([rank, row["name"], str(row["correct"]), str(row["total"]), accuracy]))
    return DONE


def login_file():
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "taikai" / "login.json"


def saved_logins():
    try:
        return json.loads(login_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def login(client, options):
    client.key = options.token or getpass.getpass(client.texts["ask"]).strip()
    me = client.call("GET", "/api/me")["me"]
    if me is None:
        raise Stop(CANNOT, client.texts["wrong_key"])
    path = login_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    logins = {**saved_logins(), client.server: client.key}
    with open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)
        json.dump(logins, file)
    print(client.texts["saved"].format(path=path, name=me["name"]))
    return DONE


def arguments():
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--server", default=SERVER, help="http://… or https://…")
    common.add_argument("--token", help="an API key; otherwise $TAIKAI_KEY, or the one kept by `login`")
    parser = argparse.ArgumentParser(prog="taikai.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("login", parents=[common]).set_defaults(run=login)
    add = commands.add_parser("submit", parents=[common])
    add.add_argument("files", nargs="+", help="the model's files, or a folder that holds them")
    add.add_argument("--round", required=True, help="what stands after /rounds/ in the round's address")
    add.add_argument("--preprocessing", required=True, choices=["raw", "unit", "signed", "standardized", "unit-minus-pixel-mean", "custom"])
    add.add_argument("--mean", type=float, nargs="+", help="with custom: on the scale 0..255, for all channels or for each")
    add.add_argument("--std", type=float, nargs="+")
    add.add_argument("--channel-order", choices=["rgb", "bgr"])
    add.add_argument("--flat-order", choices=["hwc", "chw"])
    add.add_argument("--label", default="")
    add.add_argument("--note", default="")
    add.add_argument("--wait", action="store_true", help="until the score is there")
    add.set_defaults(run=submit)
    see = commands.add_parser("status", parents=[common])
    see.add_argument("submission")
    see.add_argument("--wait", action="store_true")
    see.set_defaults(run=status)
    board = commands.add_parser("leaderboard", parents=[common])
    board.add_argument("--round", required=True)
    board.set_defaults(run=leaderboard)
    return parser.parse_args()


def main():
    options = arguments()
    lang = language()
    try:
        server = options.server.rstrip("/")
        key = options.token or os.environ.get("TAIKAI_KEY") or saved_logins().get(server)
        if key is None and options.run is not login:
            raise Stop(CANNOT, TEXTS[lang]["key"])
        return options.run(Client(server, key or "", lang), options)
    except Stop as stop:
        sys.stderr.write("{}\n".format(stop))
        return stop.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
