import Foundation
import Postgres
import Primitives

/// The clients take turns, so that what else the machine does meets all of them; the turn in the middle counts.
struct ClientBench: Sendable {
    private static let ours = "lianyao"
    /// How often each client loads the rows; the quicker counts.
    private static let loads = 2

    let clients: Int
    let rounds: Int
    let seconds: Int
    let rows: Int
    let conninfo: String
    let others: OtherClients

    /// - Parameter say: gets the report line by line.
    func run(_ say: (String) -> Void) async throws {
        let database = Database(DatabaseConfiguration(conninfo: conninfo, connections: clients))
        do {
            try await ClientWorkload.load(in: database)
            try others.prepare()
            let version = try await database.read { transaction in
                try transaction.first("SELECT current_setting('server_version') AS version") { try $0["version"] as String }
            }
            say(
                "PostgreSQL \(version ?? "") that keeps its promises, on this machine; \(clients) clients, the middle of "
                    + "\(rounds) turns of \(seconds) s")
            for workload in ClientWorkload.allCases {
                for line in try await transactions(workload, on: database) { say(line) }
            }
            for line in try await bulk(on: database) { say(line) }
            for reason in others.missing { say(reason) }
            await database.close()
        } catch {
            await database.close()
            throw error
        }
    }

    private func transactions(_ workload: ClientWorkload, on database: Database) async throws -> [String] {
        var turns: [String: [ClientMeasurement]] = [:]
        for round in 0..<rounds {
            for contender in others.transacting where workload.isForEverybody || contender.name == OtherClients.pgbench {
                let latencies = try others.latencies(of: contender, workload, clients: clients, seconds: seconds)
                turns[contender.name, default: []] += [ClientMeasurement(latencies: latencies, seconds: seconds)].compactMap { $0 }
            }
            let latencies = try await latencies(workload, on: database, seed: UInt64(round))
            turns[Self.ours, default: []] += [ClientMeasurement(latencies: latencies, seconds: seconds)].compactMap { $0 }
        }
        let base = turns[OtherClients.pgbench].flatMap(ClientMeasurement.middle(of:))
        var table = ClientTable(workload.title, heads: ["transactions/s", "median ms", "p99 ms", "to pgbench"])
        for name in [OtherClients.pgbench, Self.ours, OtherClients.psycopg] {
            guard let middle = turns[name].flatMap(ClientMeasurement.middle(of:)) else { continue }
            table.add(
                name,
                [
                    "\(middle.perSecond)", ClientTable.milliseconds(middle.medianMicroseconds),
                    ClientTable.milliseconds(middle.p99Microseconds), ClientTable.ratio(middle.perSecond, to: base?.perSecond),
                ])
        }
        return table.lines
    }

    private func latencies(_ workload: ClientWorkload, on database: Database, seed: UInt64) async throws -> [Int64] {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        return try await withThrowingTaskGroup(of: [Int64].self) { group in
            for client in 0..<clients {
                group.addTask {
                    var random = SeededGenerator(seed: seed << 16 + UInt64(client))
                    var latencies: [Int64] = []
                    var start = clock.now
                    while start < end {
                        try await workload.run(on: database, id: .random(in: 1...ClientWorkload.accounts, using: &random))
                        let now = clock.now
                        latencies.append((now - start).microseconds)
                        start = now
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func bulk(on database: Database) async throws -> [String] {
        try others.writeRows(rows)
        var times: [String: [Int64]] = [:]
        let clock = ContinuousClock()
        for _ in 0..<Self.loads {
            for contender in others.loading {
                try await database.write { _ = try $0.execute("TRUNCATE bulk") }
                times[contender.name, default: []].append(try others.load(with: contender, rows: rows))
            }
            try await database.write { _ = try $0.execute("TRUNCATE bulk") }
            let start = clock.now
            let count = try await database.write { [rows] transaction in
                let lines = (1...rows).lazy.map { (number: Int) -> [(any SQLParameter)?] in
                    [Int64(number), "article \(number)", Int64(number % 1_000)]
                }
                return try transaction.copy("COPY bulk FROM STDIN", rows: lines)
            }
            times[Self.ours, default: []].append((clock.now - start).microseconds)
            guard count == rows else { throw CommandFailure("The server took \(count) of \(rows) rows.") }
        }
        let base = Self.quickest(times[OtherClients.psql])
        var table = ClientTable("\(rows) rows loaded by COPY, the quicker of \(Self.loads)", heads: ["rows/s", "ms", "", "to psql"])
        for name in [OtherClients.psql, Self.ours, OtherClients.psycopg] {
            guard let quickest = Self.quickest(times[name]), quickest > 0 else { continue }
            let perSecond = Int64(rows) * 1_000_000 / quickest
            let ratio = base.map { ClientTable.ratio($0, to: quickest) } ?? "-"
            table.add(name, ["\(perSecond)", ClientTable.milliseconds(quickest), "", ratio])
        }
        return table.lines
    }

    private static func quickest(_ times: [Int64]?) -> Int64? { times?.min() }
}

extension Duration {
    fileprivate var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
