import Postgres
import Primitives

/// A year of movements in one store: each product is used on about four days of seven; every ninth ran out a month ago.
struct BenchYear {
    let consortium: ConsortiumID
    let store: StoreID
    let person: PersonID
    let today: CalendarDate

    func load(in transaction: Transaction) throws {
        let first = today.adding(days: -366)
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE used ON COMMIT DROP AS
            SELECT product_id, day::date AS day,
                   (1 + abs(hashint8(product_id * 1000 + extract(doy FROM day)::bigint)) % 20)::bigint AS quantity
              FROM formulary.product
             CROSS JOIN generate_series(\(today.adding(days: -365)), \(today.adding(days: -1)), interval '1 day') AS day
             WHERE abs(hashint8(product_id * 31 + extract(doy FROM day)::bigint)) % 7 < 4
               AND NOT (product_id % 9 = 0 AND day > \(today.adding(days: -30)))
            """)
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
            SELECT day, product_id, -quantity AS quantity FROM used
            UNION ALL
            SELECT \(first), product_id, sum(quantity)::bigint + CASE WHEN product_id % 9 = 0 THEN 0 ELSE 200 END
              FROM used GROUP BY product_id
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.batch (consortium_id, article_id, product_id, batch_number, expires_on)
            SELECT \(consortium), article_id, product_id, 'B1', \(today.adding(days: 500)) FROM formulary.article
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.movement (consortium_id, kind, occurred_on, recorded_at, person_id, request_id, document)
            SELECT \(consortium), CASE WHEN day = \(first) THEN 'opening' ELSE 'issue' END, day,
                   (day + time '10:00') AT TIME ZONE 'Asia/Shanghai', \(person), gen_random_uuid(), 'bench'
              FROM (SELECT DISTINCT day FROM moved) AS days
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.entry
                   (consortium_id, movement_id, line, occurred_on, store_id, state, batch_id, product_id, quantity)
            SELECT \(consortium), movement_id, row_number() OVER (PARTITION BY movement_id), moved.day,
                   CASE side.sign WHEN 1 THEN \(store)::bigint END,
                   CASE WHEN side.sign = 1 THEN 'available' WHEN movement.kind = 'opening' THEN 'opening' ELSE 'patient' END,
                   batch_id, moved.product_id, moved.quantity * side.sign
              FROM moved
              JOIN stock_ledger.movement ON movement.consortium_id = \(consortium) AND movement.occurred_on = moved.day
              JOIN stock_ledger.batch ON batch.consortium_id = \(consortium) AND batch.product_id = moved.product_id
             CROSS JOIN (VALUES (1), (-1)) AS side (sign)
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.product_day
                   (consortium_id, store_id, product_id, occurred_on, consumed, available, gained)
            SELECT \(consortium), \(store), product_id, day, CASE WHEN day = \(first) THEN 0 ELSE -quantity END, quantity,
                   greatest(quantity, 0)
              FROM moved
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.shelf (consortium_id, store_id, product_id, last_on)
            SELECT \(consortium), \(store), product_id, max(day) FROM moved GROUP BY product_id
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.balance (consortium_id, store_id, product_id, batch_id, state, expires_on, quantity)
            SELECT \(consortium), \(store), product_id, batch_id, 'available', expires_on, sum(quantity)::bigint
              FROM moved JOIN stock_ledger.batch USING (product_id)
             WHERE consortium_id = \(consortium) GROUP BY product_id, batch_id, expires_on
            """)
    }
}
