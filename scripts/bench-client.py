"""The Python client of scripts/bench-client: psycopg 3, one thread and one connection for each client.

    bench-client.py read|write CLIENTS SECONDS ACCOUNTS   prints the latency of each transaction in microseconds
    bench-client.py load ROWS                             prints how many microseconds a COPY of so many rows took

The server is where PGHOST, PGPORT, PGUSER and PGDATABASE say.
"""

import random
import sys
import threading
import time

import psycopg

READ = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITE = b"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"


def read(connection, number):
    connection.execute(READ)
    connection.execute("SELECT quantity FROM account WHERE id = %s", (number,)).fetchone()
    connection.execute(b"COMMIT")


def write(connection, number):
    connection.execute(WRITE)
    connection.execute("UPDATE account SET quantity = quantity + 1 WHERE id = %s", (number,))
    connection.execute("INSERT INTO change (id, quantity) VALUES (%s, 1)", (number,))
    connection.execute(b"COMMIT")


def work(transaction, seconds, accounts, latencies):
    with psycopg.connect(autocommit=True, prepare_threshold=0) as connection:
        start = time.perf_counter_ns()
        end = start + seconds * 1_000_000_000
        while start < end:
            transaction(connection, random.randint(1, accounts))
            now = time.perf_counter_ns()
            latencies.append((now - start) // 1_000)
            start = now


def load(rows):
    with psycopg.connect() as connection:
        start = time.perf_counter_ns()
        with connection.cursor() as cursor:
            with cursor.copy("COPY bulk FROM STDIN") as copy:
                for number in range(1, rows + 1):
                    copy.write_row((number, f"article {number}", number % 1_000))
        connection.commit()
        print((time.perf_counter_ns() - start) // 1_000)


def main():
    if sys.argv[1] == "load":
        return load(int(sys.argv[2]))
    transaction = {"read": read, "write": write}[sys.argv[1]]
    clients, seconds, accounts = (int(text) for text in sys.argv[2:5])
    latencies = [[] for _ in range(clients)]
    threads = [threading.Thread(target=work, args=(transaction, seconds, accounts, own)) for own in latencies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("\n".join(str(latency) for own in latencies for latency in own))


main()
