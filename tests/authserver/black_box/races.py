"""Confirm against deny, several at once: exactly one wins."""
import http.client, json, threading

from documents import sha256


def race(server, token, ports, rounds):
    """`rounds` events, each answered four ways at once. Returns how many ended with one winner that the site's
    result agrees with, and what the others looked like."""
    won, odd = 0, []
    barrier = threading.Barrier(4)
    lines = [http.client.HTTPSConnection("localhost", ports[i % len(ports)], context=server.tls, timeout=30)
             for i in range(4)]
    for line in lines:
        line.connect()

    def send(line, event, fields, answers):
        body = json.dumps(fields)
        barrier.wait()
        line.request("POST", "/v1/verify/?token=" + event.token, body, {"Content-Type": "application/json"})
        answer = json.loads(line.getresponse().read())
        answers.append((fields["action"], answer["status"]))

    for _ in range(rounds):
        event = server.new_event()
        ctx = sha256(token.scan(event).body)
        answers = []
        threads = [threading.Thread(target=send, args=(line, event, token.request(action, event, answer=word, ctx=ctx),
                                                       answers))
                   for line, (action, word) in zip(lines, (("confirm", "-"), ("deny", "cancel")) * 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        winners = [action for action, status in answers if status == 200]
        others = [status for _, status in answers if status != 200]
        result = server.result(event)["status"]
        if (len(winners), others) == (1, [409] * 3) and result == {"confirm": 200, "deny": 606}[winners[0]]:
            won += 1
        else:
            odd.append((answers, result))
    for line in lines:
        line.close()
    return won, odd
