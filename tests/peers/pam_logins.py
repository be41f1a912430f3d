#!/usr/bin/env python3
"""Logs in through a real pam_oath, in a PAM conversation, with user name, static password and Hufu's code.

    tests/support/with_keyring tests/peers/pam_logins.py HUFU_CLI [COUNT]

Prints how many of COUNT random logins were accepted, and what became of wrong and repeated ones. The exit status is 0
only if all of the first and none of the second were. PAM reads its service from a folder of our own."""
import ctypes
import os
import sys
import tempfile

from accounts import Hufu, in_one_step, wrong_logins

SERVICE = "hufu-peer"
PAM_PROMPT_ECHO_OFF, PAM_PROMPT_ECHO_ON, PAM_SUCCESS, PAM_BUF_ERR = 1, 2, 0, 5
pam = ctypes.CDLL("libpam.so.0")
libc = ctypes.CDLL(None)
libc.calloc.restype = ctypes.c_void_p
libc.calloc.argtypes = [ctypes.c_size_t, ctypes.c_size_t]
libc.strdup.restype = ctypes.c_void_p
libc.strdup.argtypes = [ctypes.c_char_p]


class Message(ctypes.Structure):
    _fields_ = [("style", ctypes.c_int), ("text", ctypes.c_char_p)]


class Response(ctypes.Structure):
    _fields_ = [("text", ctypes.c_void_p), ("unused", ctypes.c_int)]


TALK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.POINTER(Message)),
                        ctypes.POINTER(ctypes.POINTER(Response)), ctypes.c_void_p)


class Conversation(ctypes.Structure):
    _fields_ = [("talk", TALK), ("data", ctypes.c_void_p)]


def accepts(folder, user, typed):
    """Whether PAM lets `user` in who types this at each prompt."""
    prompts = []

    def talk(count, messages, responses, _):
        answers = ctypes.cast(libc.calloc(count, ctypes.sizeof(Response)), ctypes.POINTER(Response))  # PAM frees them
        for i in range(count):
            if messages[i].contents.style in (PAM_PROMPT_ECHO_OFF, PAM_PROMPT_ECHO_ON):
                prompts.append(messages[i].contents.text.decode())
                answers[i].text = libc.strdup(typed.encode())
        responses[0] = answers
        return PAM_SUCCESS

    conversation = Conversation(TALK(talk), None)
    handle = ctypes.c_void_p()
    status = pam.pam_start_confdir(SERVICE.encode(), user.encode(), ctypes.byref(conversation), folder.encode(),
                                   ctypes.byref(handle))
    assert status == PAM_SUCCESS, status
    status = pam.pam_authenticate(handle, 0)
    pam.pam_end(handle, status)
    assert len(prompts) == 1 and user in prompts[0], prompts  # one question, and not a refusal unasked
    return status == PAM_SUCCESS


def write_configuration(folder, accounts):
    users = os.path.join(folder, "users.oath")
    with open(users, "w") as file:
        for one in accounts:
            file.write("HOTP/T30/6 %s %s %s\n" % (one.name, one.password, one.secret.hex()))
    os.chmod(users, 0o600)
    with open(os.path.join(folder, SERVICE), "w") as file:
        file.write("auth requisite pam_oath.so usersfile=%s window=1 digits=6\n" % users)
        file.write("account required pam_permit.so\n")
    with open(os.path.join(folder, "other"), "w") as file:
        file.write("auth required pam_deny.so\naccount required pam_deny.so\n")


def main(program, count):
    hufu = Hufu(program, count + 2)
    *accounts, account, other = hufu.accounts
    with tempfile.TemporaryDirectory(prefix="hufu-pam-") as folder:
        write_configuration(folder, hufu.accounts)
        try:
            accepted = repeated = 0
            for one in accounts:  # each once: the module takes a code once, also if we must begin anew
                typed = in_one_step(lambda one=one: one.password + hufu.code(one))
                accepted += accepts(folder, one.name, typed)
                repeated += accepts(folder, one.name, typed)
            print("%d of %d logins accepted, %d of them with the same code again" % (accepted, count, repeated))

            def wrong_accepted():
                logins = wrong_logins(hufu, account, other)
                return len(logins), [name for name, typed in logins.items() if accepts(folder, account.name, typed)]
            tried, wrong = in_one_step(wrong_accepted)
            print("%d kinds of wrong logins, accepted: %s" % (tried, ", ".join(wrong) or "none"))
        finally:
            hufu.remove()
    return 0 if accepted == count and not repeated and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20))
