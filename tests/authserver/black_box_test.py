#!/usr/bin/env python3
"""Black-box test of hufu-authserver: the real program, over TLS, against its two documents.

Written from the API document and protocol.md alone, with Python's standard library; it shares no
line with the server. A throw-away CA comes from the openssl program.

  black_box_test.py PROGRAM [NAME ...]     all tests, or those of black_box/NAME_test.py
"""
import os, sys, unittest

if __name__ == "__main__":
    os.environ["HUFU_AUTHSERVER"] = os.path.abspath(sys.argv[1])
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "black_box")
    sys.dont_write_bytecode = True
    sys.path.insert(0, folder)
    names = [name + "_test" for name in sys.argv[2:]] or sorted(
        name.removesuffix(".py") for name in os.listdir(folder) if name.endswith("_test.py"))
    tests = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = unittest.TextTestRunner(verbosity=2).run(tests)
    sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
