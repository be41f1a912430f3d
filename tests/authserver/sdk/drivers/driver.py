"""Makes the calls that standard input names, for sdk_test.py, which explains the lines."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from duoyinsu import duoyinsu, DuoyinsuError

for line in sys.stdin:
    name, *arguments = line.rstrip("\n").split("\t")
    try:
        if name == "new":
            *texts, seconds = arguments
            site, answer = duoyinsu(*texts, timeout=int(seconds)), "made"
        else:
            answer = getattr(site, name)(*arguments)
        if isinstance(answer, dict):
            print("map", *("%s=%s" % member for member in answer.items()), sep="\t", flush=True)
        else:
            print("value", answer, sep="\t", flush=True)
    except DuoyinsuError as problem:
        print("error", problem, sep="\t", flush=True)
