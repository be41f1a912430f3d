"""Work beside the test."""
import threading


def in_background(work):
    """Runs work() in a thread; the function that comes back waits for what it returned."""
    box = []
    thread = threading.Thread(target=lambda: box.append(work()))
    thread.start()

    def result():
        thread.join(40)
        return box[0]
    return result
