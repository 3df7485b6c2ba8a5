import Curl
import InsuranceUploads
import Logging
import Outbox
import Parties
import PlatformExchange
import Postgres
import Primitives

/// The dispatcher that runs inside the service, and somebody who looks whether anything waits too long.
struct ExchangeService: Sendable {
    /// How old the oldest open message may be before it is said.
    static let oldestMost = Duration.seconds(3_600)
    static let watchEvery = Duration.seconds(60)

    let database: Database
    let platforms: PlatformsOnDisk
    let logger: Logger
    let tally = DispatcherTally()

    /// Runs until its task is cancelled; requests that are under way are brought to their end.
    func run() async {
        let client = CurlClient(.ofDispatchers)
        let dispatcher = Dispatcher(
            database, client: client, tally: tally, keepers: Keepers.facts, questioners: Keepers.questions
        ) { try platforms.dialect(of: $0) }
        let feeder = UploadFeeder(database) { [tally] in tally.troubled("uploads", $0) }
        await withTaskGroup { group in
            group.addTask { await dispatcher.run() }
            group.addTask { await feeder.run() }
            group.addTask { await watch() }
            await group.waitForAll()
        }
        await client.close()
    }

    private func watch() async {
        var troubles: [String: String] = [:]
        while (try? await Task.sleep(for: Self.watchEvery)) != nil {
            let now = tally.now.troubles
            for (platform, trouble) in now where troubles[platform] != trouble {
                logger.warning("exchange \(platform): \(trouble)")
            }
            troubles = now
            do {
                for line in try await overdue(at: TimeSource.system.now) { logger.warning("\(line)") }
            } catch {
                logger.warning("the exchange could not be looked at: \(error)")
            }
        }
    }

    /// What waits longer than it should, in words.
    func overdue(at now: Instant) async throws -> [String] {
        var lines: [String] = []
        for consortium in try await database.read({ try PartiesStore($0).consortia() }) {
            let status = try await database.read(as: consortium.id.tenant) { try OutboxReadings($0, of: consortium.id).status() }
            for line in status {
                let age = Duration.microseconds(now.microseconds - line.oldestWrittenAt.microseconds)
                guard age > Self.oldestMost else { continue }
                lines.append(
                    "exchange: \(consortium.code) \(line.destination): the oldest of \(line.open) open messages waits for \(age.components.seconds) s, "
                        + "\(line.failed) wait for a person")
            }
        }
        return lines
    }

    /// What the dispatcher has done since it began, as Prometheus reads it.
    func metrics() -> [String] {
        let counts = tally.now
        var lines = [
            "# HELP exchange_messages_total Messages to platforms by what became of a try.",
            "# TYPE exchange_messages_total counter",
        ]
        for (platform, kinds) in counts.outcomes.sorted(by: { $0.key < $1.key }) {
            for (kind, outcomes) in kinds.sorted(by: { $0.key < $1.key }) {
                for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) {
                    lines.append(
                        "exchange_messages_total{platform=\"\(platform)\",message=\"\(kind)\",outcome=\"\(outcome)\"} \(count)")
                }
            }
        }
        lines += [
            "# HELP exchange_request_seconds Answered requests to platforms by phase.", "# TYPE exchange_request_seconds summary",
        ]
        for (platform, operations) in counts.requests.sorted(by: { $0.key < $1.key }) {
            for (operation, spent) in operations.sorted(by: { $0.key < $1.key }) {
                for (phase, time) in [("connecting", spent.connecting), ("answering", spent.answering), ("total", spent.total)] {
                    let labels = "{platform=\"\(platform)\",operation=\"\(operation)\",phase=\"\(phase)\"}"
                    lines.append("exchange_request_seconds_sum\(labels) \(Self.seconds(time))")
                    lines.append("exchange_request_seconds_count\(labels) \(spent.count)")
                }
            }
        }
        lines += ["# HELP exchange_unanswered_total Requests without an answer.", "# TYPE exchange_unanswered_total counter"]
        for (platform, count) in counts.failures.sorted(by: { $0.key < $1.key }) {
            lines.append("exchange_unanswered_total{platform=\"\(platform)\"} \(count)")
        }
        lines += [
            "# HELP exchange_claims_lost_total Claims that another dispatcher took over.",
            "# TYPE exchange_claims_lost_total counter",
        ]
        return lines + ["exchange_claims_lost_total \(counts.claimsLost)"]
    }

    private static func seconds(_ duration: Duration) -> String {
        let microseconds = duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
        let fraction = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }
}
