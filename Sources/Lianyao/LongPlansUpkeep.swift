import LongPrescriptions
import Parties
import Postgres
import Primitives

extension Upkeep {
    /// What a turn did for long prescriptions, in all consortia.
    struct LongPlansTurn: Equatable, CustomStringConvertible {
        var missed = 0
        var ended = 0
        var released = 0
        var reserved = 0
        var short = 0

        var isWorthTelling: Bool { self != LongPlansTurn() }
        var description: String {
            """
            \(missed) plans with missed instalments, \(ended) ended; \(released) reservations released, \(reserved) made, \
            \(short) short
            """
        }
    }

    /// Marks, ends, releases and reserves, each in transactions of bounded size. What is released can be reserved again in
    /// the same turn.
    func tendLongPlans() async throws -> LongPlansTurn {
        let consortia = try await database.read { try PartiesStore($0).consortia() }
        var turn = LongPlansTurn()
        for consortium in consortia.map(\.id) {
            turn.missed += try await all(of: consortium, atMost: MarkMissed().limit) { transaction, now in
                try MarkMissed().run(in: transaction, of: consortium, at: now)
            }
            turn.ended += try await all(of: consortium, atMost: ExpirePlans().limit) { transaction, now in
                try ExpirePlans().run(in: transaction, of: consortium, at: now)
            }
            turn.released += try await all(of: consortium, atMost: 1) { transaction, now in
                try ReleaseReservations().run(in: transaction, of: consortium, at: now)
            }
            try await reserve(of: consortium, &turn)
        }
        return turn
    }

    /// Repeats `step` while it does at least `most`, and adds up what it did.
    private func all(
        of consortium: ConsortiumID, atMost most: Int, _ step: @escaping @Sendable (Transaction, Instant) throws -> Int
    ) async throws -> Int {
        var done = 0
        var last = most
        while last >= most {
            last = try await database.write(as: consortium.tenant) { [time] transaction in try step(transaction, time.now) }
            done += last
        }
        return done
    }

    private func reserve(of consortium: ConsortiumID, _ turn: inout LongPlansTurn) async throws {
        var after: InstalmentKey?
        repeat {
            let verb = ReserveDueInstalments(after: after)
            let outcome = try await database.write(as: consortium.tenant) { [time] transaction in
                try verb.run(in: transaction, of: consortium, at: time.now)
            }
            turn.reserved += outcome.reserved
            turn.short += outcome.short
            after = outcome.last
        } while after != nil
    }
}
