import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Follows returns on one account's platform: confirms what was applied for, and pulls how suppliers answer.
struct PullingReturns: Sendable {
    let line: Line
    /// Returns that are looked at in one go.
    private static let returnsMost = 1_000
    /// Days that a platform is asked for at once.
    private static let daysAtOnce = 30
    /// Questions in a row without an answer, after which the rest is left for another time.
    private static let failuresMost = 3

    /// - Returns: why it did not come to the end.
    func run() async throws -> String? {
        let (consortium, platform) = (line.consortium, line.platform)
        let open = try await line.database.read(as: consortium.tenant) {
            try ReturnsStore($0, consortium).open(at: platform, limit: Self.returnsMost)
        }
        guard !open.isEmpty else { return nil }
        try await confirm(open.filter { $0.state == .applied })
        let waiting = open.filter { $0.state == .confirmed }
        guard let first = waiting.first else { return nil }
        var questions: [(PlatformQuestion, [PlacedReturn])] = []
        if line.dialect.asks(.returns) {
            var from = first.announcedAt.businessDay
            while from <= line.now.businessDay {
                let days = PlatformDays(from: from, through: min(line.now.businessDay, from.adding(days: Self.daysAtOnce - 1)))
                questions.append((.returns(days), waiting))
                from = days.through.adding(days: 1)
            }
        } else if line.dialect.asks(.returnState) {
            questions = waiting.map { (.returnState($0.asked), [$0]) }
        }
        // One that cannot be asked for keeps no other from being.
        var (troubles, failures): ([String], Int) = ([], 0)
        for (question, returns) in questions where failures < Self.failuresMost {
            let trouble = try await pull(question, for: returns)
            failures = trouble == nil ? 0 : failures + 1
            if let trouble { troubles.append(trouble) }
        }
        return troubles.first
    }

    /// Where the application is the return, nothing more is told.
    private func confirm(_ applied: [PlacedReturn]) async throws {
        guard !applied.isEmpty else { return }
        let (consortium, platform, now, isTold) = (line.consortium, line.platform, line.now, line.dialect.tells(.confirmReturn))
        try await line.database.write(as: consortium.tenant) { transaction in
            let returns = ReturnsStore(transaction, consortium)
            for returned in applied {
                guard isTold else {
                    try returns.acknowledge(returned.number, at: platform, becoming: .confirmed, platformNumber: nil, at: now)
                    continue
                }
                let key = "\(returned.number)/\(PlatformFactKind.confirmReturn.rawValue)"
                guard try !returns.isAnnounced(key, at: platform), let said = try returns.application(returned.number, at: platform)
                else { continue }
                try AnnounceFact(
                    about: OutboxDocument(at: platform, key: returned.number), kind: PlatformFactKind.confirmReturn.rawValue,
                    businessKey: key, content: try JSON(said).jsonText
                ).run(in: transaction, for: consortium, at: now)
            }
        }
    }

    private func pull(_ question: PlatformQuestion, for waiting: [PlacedReturn]) async throws -> String? {
        var (rows, unreadable): ([PlatformReturnState], [PlatformUnreadableRow]) = ([], [])
        let outcome = try await Asking(line: line).ask(question) { page in
            for case .returned(let row) in page.rows { rows.append(row) }
            unreadable += page.unreadable
        }
        if case .failed(let reason, _) = outcome { return "returns: \(reason)" }
        var unknown: PlatformComplaint?
        if case .unknown(let complaint) = outcome, question.kind == .returnState { unknown = complaint }
        let (consortium, platform, now, found) = (line.consortium, line.platform, line.now, rows)
        try await line.database.write(as: consortium.tenant) { [unreadable, unknown] transaction in
            let (returns, differences) = (
                ReturnsStore(transaction, consortium), DifferencesStore(transaction, consortium, platform)
            )
            for row in unreadable {
                try differences.open(.missingHere, "return \(row.name)", ours: "", theirs: "unreadable: \(row.reason)", at: now)
            }
            for returned in waiting {
                if let unknown {
                    try differences.open(
                        .missingThere, returned.subject, ours: "\(returned.packs) packs returned",
                        theirs: "\(unknown.code) \(unknown.text)", at: now)
                }
                guard let row = found.first(where: { $0.isOf(returned) }) else { continue }
                try returns.answered(returned.number, at: platform, with: row, at: now)
                let mismatch = returned.mismatch(with: row)
                if let mismatch {
                    try differences.open(
                        mismatch, returned.subject, ours: "\(returned.packs) packs returned",
                        theirs: mismatch == .quantity ? "\(row.packs) packs" : "\(row.state.rawValue) \(row.remark)", at: now)
                }
                try differences.agree(returned.subject, except: mismatch.map { [$0] } ?? [], at: now)
            }
        }
        return nil
    }
}

extension PlacedReturn {
    /// What kind of difference a platform's row of it is; `nil` when it agrees. Goods that left and were not taken back are one.
    func mismatch(with row: PlatformReturnState) -> Difference.Kind? {
        switch row.state {
        case .refused, .void: .state
        case .draft, .waiting, .agreed: row.packs == packs ? nil : .quantity
        }
    }
}

extension PlatformReturnState {
    /// By the platform's number, once there is one; else by ours.
    fileprivate func isOf(_ returned: PlacedReturn) -> Bool {
        if let given = returned.platformReturn { return platformReturn == given }
        return !number.isEmpty && number == returned.number
    }
}

extension ReturnsStore {
    fileprivate func isAnnounced(_ businessKey: String, at platform: String) throws -> Bool {
        try transaction.first(
            """
            SELECT EXISTS (SELECT FROM outbox.message
                            WHERE consortium_id = \(consortium) AND destination = \(platform)
                              AND business_key = \(businessKey)) AS is_announced
            """
        ) { try $0["is_announced"] as Bool } ?? false
    }
}
