public import PlatformMessages
public import Postgres
public import Primitives

/// Knows what to ask platforms now and then about documents of one kind, and keeps what they answer. Modules above this one give theirs
/// to the ``Dispatcher``.
public protocol Questioner: Sendable {
    /// What it is time to ask now, and no more than can be asked in a row. Whoever gets a question asks it; it is not due again for a while.
    func due(at platform: String, in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws
        -> [PlatformQuestion]

    /// - Parameter rows: of the whole answer.
    func take(
        _ rows: [PlatformRow], to question: PlatformQuestion, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws
}

extension Dispatcher {
    /// Goes on asking one account's platform what it is time for.
    func begin(asking line: Line, until state: LoopState, in group: inout DiscardingTaskGroup) {
        guard let every = options.pullEvery, !questioners.isEmpty else { return }
        group.addTask {
            while !state.isStopping {
                for trouble in await ask(line) { tally.troubled(line.platform, "asking: \(trouble)") }
                guard (try? await clock.sleep(min(every, options.idleMost))) != nil else { return }
            }
        }
    }

    /// Asks every account's platform what it is time for.
    ///
    /// - Parameter consortium: whose accounts; `nil` for everybody's.
    /// - Returns: what went wrong.
    @discardableResult
    public func ask(of consortium: ConsortiumID? = nil) async throws -> [String] {
        var troubles: [String] = []
        for (key, account) in try await accounts() where consortium == nil || key.consortium == consortium {
            do { troubles += await ask(try line(key.consortium, account)) } catch { troubles.append("\(error)") }
        }
        return troubles
    }

    private func ask(_ line: Line) async -> [String] {
        var troubles: [String] = []
        for questioner in questioners {
            do { troubles += try await ask(line, for: questioner) } catch { troubles.append("\(error)") }
        }
        return troubles
    }

    private func ask(_ line: Line, for questioner: any Questioner) async throws -> [String] {
        let (consortium, platform) = (line.consortium, line.platform)
        let questions = try await line.database.write(as: consortium.tenant) {
            try questioner.due(at: platform, in: $0, for: consortium, at: line.now)
        }
        var troubles: [String] = []
        for question in questions where line.dialect.asks(question.kind) {
            var rows: [PlatformRow] = []
            switch try await Asking(line: line).ask(question, { rows += $0.rows }) {
            case .through:
                let found = rows
                try await line.database.write(as: consortium.tenant) {
                    try questioner.take(found, to: question, at: platform, in: $0, for: consortium, at: line.now)
                }
            case .unknown(let complaint): troubles.append("\(complaint.code) \(complaint.text)")
            case .failed(let reason, _): troubles.append(reason)
            }
        }
        return troubles
    }
}
