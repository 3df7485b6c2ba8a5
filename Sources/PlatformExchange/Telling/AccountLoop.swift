import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Goes on claiming what one account has to say, as many documents at a time as the platform bears.
struct AccountLoop: Sendable {
    let teller: Teller
    let state = LoopState()
    /// Yields when there may be something new, and when a document is through.
    let bell: AsyncStream<Void>.Continuation
    let rings: AsyncStream<Void>

    init(_ teller: Teller) {
        self.teller = teller
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Between two looks at documents that others hold.
    private static let pauseLeast = Duration.milliseconds(100)
    private var line: Line { teller.line }

    /// Runs until its task is cancelled or it is stopped; then what is under way is brought to its end.
    func run() async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                var rings = rings.makeAsyncIterator()
                while !state.isStopping {
                    let wait = await begin(in: &group)
                    guard wait > .zero else { continue }
                    let alarm = Task { [clock = line.clock, bell] in
                        try await clock.sleep(wait)
                        bell.yield()
                    }
                    _ = await rings.next()
                    alarm.cancel()
                }
            }
        } onCancel: {
            stop()
        }
    }

    func stop() {
        state.stop()
        bell.finish()
    }

    /// Begins what may be begun now.
    ///
    /// - Returns: when to look again at the latest; zero for at once.
    private func begin(in group: inout DiscardingTaskGroup) async -> Duration {
        let free = line.limits.requestsAtOnce - state.running
        guard free > 0 else { return teller.options.idleMost }
        do {
            let claims = try await claim(free)
            for claim in claims.documents {
                state.begin()
                // A task of its own: what is under way goes on when the loop is cancelled.
                let telling = Task { await teller.tell(claim, while: { !state.isStopping }) }
                group.addTask {
                    await telling.value
                    state.end()
                    bell.yield()
                }
            }
            return claims.documents.count == free ? .zero : min(claims.wait, teller.options.idleMost)
        } catch {
            line.tally.troubled(line.platform, "\(error)")
            return min(.seconds(1), teller.options.idleMost)
        }
    }

    /// - Returns: claimed documents, and when to look again at the latest.
    private func claim(_ free: Int) async throws -> (documents: [ClaimedDocument], wait: Duration) {
        let (consortium, platform, until, now) = (line.consortium, line.platform, teller.leaseEnd, line.now)
        if let opens = line.limits.opens(after: now) { return ([], opens) }
        return try await line.database.write(as: consortium.tenant) { transaction in
            let delivery = Delivery(transaction, for: consortium)
            switch try Gate(transaction, of: consortium, at: platform).passage(probingUntil: until, at: now) {
            case .closed(let closed): return ([], now.duration(to: closed))
            case .probe:
                let claimed = try delivery.claim(at: platform, most: 1, until: until, at: now)
                if claimed.isEmpty { try Gate(transaction, of: consortium, at: platform).ease(at: now) }
                return (claimed, claimed.isEmpty ? Self.pauseLeast * 10 : now.duration(to: until))
            case .open:
                let claimed = try delivery.claim(at: platform, most: free, until: until, at: now)
                guard claimed.count < free else { return (claimed, .zero) }
                let next = try delivery.nextDue(at: platform)
                // What is due and was not claimed is locked by somebody who is writing.
                return (claimed, next.map { max(now.duration(to: $0), Self.pauseLeast) } ?? teller.options.idleMost)
            }
        }
    }
}

extension PlatformLimits {
    /// How long until it answers, when this is not its hour; `nil` when it is.
    func opens(after now: Instant) -> Duration? {
        guard !openMinutes.isEmpty else { return nil }
        let minute = Int((now.microseconds / 60_000_000 + 8 * 60) % 1_440)
        guard !openMinutes.contains(where: { $0.contains(minute) }) else { return nil }
        let waits = openMinutes.map { ($0.lowerBound - minute + 1_440) % 1_440 }
        return .seconds((waits.min() ?? 1) * 60)
    }
}

extension Instant {
    /// Never negative.
    func duration(to later: Instant) -> Duration { .microseconds(max(0, later.microseconds - microseconds)) }
}
