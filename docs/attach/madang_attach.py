#!/usr/bin/env python3
"""Attaches a voting system to Madang: posts the hash of each ballot as it arrives, and the result.

Python's standard library and the openssl program, nothing else. Meant to be read and taken over into
the system that holds the ballots; docs/attach/README.md explains each step.
"""
import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from datetime import datetime

DER_BEFORE_SEED = bytes.fromhex("302e020100300506032b657004220420")  # RFC 8410, section 7
MOST_HASHES = 1000
TRIES = 5


def base64url(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value):
    """The one form in which Madang takes JSON (docs/formats.md, section 1)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# Keys and signatures


class Key:
    """An Ed25519 key; openssl does the arithmetic."""

    def __init__(self, seed):
        self.der = DER_BEFORE_SEED + seed
        self.public = base64url(openssl(["pkey", "-inform", "DER", "-pubout", "-outform", "DER"], self.der)[-32:])

    @staticmethod
    def read(file):
        """A key in PEM, as `key` makes it, or the administrator's key file."""
        with open(file, "rb") as content:
            text = content.read()
        if text.lstrip().startswith(b"{"):
            return Key(from_base64url(json.loads(text)["seed"]))
        return Key(openssl(["pkey", "-outform", "DER"], text)[-32:])

    def sign(self, message):
        with tempfile.TemporaryDirectory() as folder:  # Readable by this user alone.
            key, text = os.path.join(folder, "key"), os.path.join(folder, "text")
            with open(key, "wb") as out:
                out.write(self.der)
            with open(text, "wb") as out:
                out.write(message)
            return openssl(["pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", key, "-in", text])


def openssl(arguments, given=b""):
    return subprocess.run(["openssl", *arguments], input=given, stdout=subprocess.PIPE, check=True).stdout


# The gateway


class Refused(Exception):
    def __init__(self, problem):
        super().__init__(problem.get("detail") or problem.get("title"))
        self.name = problem.get("type", "").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def call(gateway, path, body=None):
    """An answer of the gateway. A refusal is raised; a lost answer is asked for again, which is safe."""
    for attempt in range(TRIES):
        request = urllib.request.Request(gateway.rstrip("/") + path, headers={"Content-Type": "application/json"})
        if body is not None:
            request.data = canonical(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.read()
        except urllib.error.HTTPError as refusal:
            problem = json.loads(refusal.read() or b"{}")
            if refusal.code < 500 and refusal.code != 429:
                raise Refused(problem) from None
        except urllib.error.URLError:
            pass
        time.sleep(2**attempt)
    sys.exit("The gateway does not answer; run the same command again.")


def submit(gateway, key, purpose, operation):
    """Signs an operation and waits until it is final. The same statement is sent again when an answer is lost."""
    payload = {
        "chain": json.loads(call(gateway, "/v1/votes"))["chain"],
        "id": os.urandom(16).hex(),
        "operation": operation,
        "purpose": purpose,
        "validUntilMillis": int(time.time() * 1000) + 60 * 60 * 1000,
        "version": 1,
    }
    head = '{"alg":"EdDSA","kid":"%s"}' % key.public
    signed = base64url(head.encode()) + "." + base64url(canonical(payload).encode())
    statement = signed + "." + base64url(key.sign(signed.encode()))
    return json.loads(call(gateway, "/v1/votes/transactions", {"transaction": statement}))


# Commands


def make_key(arguments):
    old = os.umask(0o077)
    openssl(["genpkey", "-algorithm", "ed25519", "-out", arguments.file])
    os.umask(old)
    print(Key.read(arguments.file).public)


def open_board(arguments):
    closes = datetime.fromisoformat(arguments.closes.replace("Z", "+00:00"))
    submit(
        arguments.gateway,
        Key.read(arguments.key),
        "attached.open",
        {
            "closesMillis": int(closes.timestamp() * 1000),
            "election": arguments.election,
            "key": arguments.system_key,
            "title": {"en": arguments.title_en, "ko": arguments.title_ko},
        },
    )
    print("open until " + arguments.closes)


def is_on_board(gateway, election, tracker):
    try:
        call(gateway, "/v1/attached/%s/ballots/%s" % (election, tracker))
        return True
    except Refused:
        return False


def post(arguments):
    key = Key.read(arguments.key)
    trackers = []
    for file in arguments.ballot:
        with open(file, "rb") as content:
            trackers.append(base64url(hashlib.sha256(content.read()).digest()))
    for start in range(0, len(trackers), MOST_HASHES):
        some = trackers[start : start + MOST_HASHES]
        operation = {"election": arguments.election, "hashes": some}
        try:
            submit(arguments.gateway, key, "attached.ballots", operation)
        except Refused as refusal:
            # After a crash of ours, some may be there already: the others follow.
            rest = [one for one in some if not is_on_board(arguments.gateway, arguments.election, one)]
            if refusal.name != "repeated-hash" or len(rest) == len(some):
                raise
            if rest:
                operation["hashes"] = rest
                submit(arguments.gateway, key, "attached.ballots", operation)
    for tracker in trackers:
        print(tracker)


def close(arguments):
    submit(arguments.gateway, Key.read(arguments.key), "attached.close", {"election": arguments.election})
    print("closed")


def result(arguments):
    with open(arguments.document, "rb") as content:
        document = content.read()
    with open(arguments.text, encoding="utf-8") as content:
        text = content.read().strip()
    submit(
        arguments.gateway,
        Key.read(arguments.key),
        "attached.result",
        {"election": arguments.election, "hash": base64url(hashlib.sha256(document).digest()), "result": text},
    )
    print("published")


def check(arguments):
    """What a voter does: is my ballot there, and who has signed that it is?"""
    try:
        found = json.loads(call(arguments.gateway, "/v1/attached/%s/ballots/%s" % (arguments.election, arguments.tracker)))
    except Refused:
        sys.exit("NOT ON THE BOARD. If the system gave you this tracker, raise the alarm.")
    with open(arguments.receipt, "wb") as out:
        out.write(call(arguments.gateway, found["receipt"]))
    print("on the board, number %d, block %d" % (found["position"] + 1, found["height"]))
    print("verify who signed it:  ./madang receipt verify %s --members votes-members.json" % arguments.receipt)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name, run, sentence, signs=True):
        one = commands.add_parser(name, help=sentence)
        one.set_defaults(run=run)
        if name != "key":
            one.add_argument("--gateway", required=True, metavar="URL")
            one.add_argument("--election", required=True, metavar="ID", help="14 to 64 characters of Base58")
            if signs:
                one.add_argument("--key", required=True, metavar="FILE")
        return one

    command("key", make_key, "make the system's key; prints its public half").add_argument("file")
    opening = command("open", open_board, "give the election a board; signed with an administrator's key file")
    for name in ("--system-key", "--title-en", "--title-ko", "--closes"):
        opening.add_argument(name, required=True)
    command("post", post, "post the hash of each ballot; prints the trackers").add_argument("ballot", nargs="+")
    command("close", close, "end the board before its time")
    publishing = command("result", result, "publish the result after the close")
    publishing.add_argument("--text", required=True, metavar="FILE", help="what people read")
    publishing.add_argument("--document", required=True, metavar="FILE", help="the minutes, of which the hash is published")
    checking = command("check", check, "find a ballot by its tracker and keep its receipt", signs=False)
    checking.add_argument("--tracker", required=True)
    checking.add_argument("--receipt", default="receipt.json", metavar="FILE")

    arguments = parser.parse_args()
    try:
        arguments.run(arguments)
    except Refused as refusal:
        sys.exit("refused (%s): %s" % (refusal.name, refusal))


if __name__ == "__main__":
    main()
