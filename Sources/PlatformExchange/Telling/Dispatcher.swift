public import Curl
import Outbox
import Parties
public import PlatformMessages
public import Postgres
public import Primitives

/// Tells every platform what is in the outbox for it. Any number of dispatchers may run beside each other.
///
/// Each account has a loop of its own: a platform that is stuck holds up nobody else. A loop wakes when a fact was announced, when
/// a message's time has come, and now and then.
public struct Dispatcher: Sendable {
    /// How an account's platform is spoken to.
    public typealias Dialects = @Sendable (RegisteredAccount) throws -> (dialect: any PlatformDialect, secrets: [String])

    let database: Database
    let client: CurlClient
    let dialects: Dialects
    let clock: DispatcherClock
    let options: DispatcherOptions
    let keepers: FactKeepers
    public let tally: DispatcherTally

    /// - Parameters:
    ///   - database: as the application; two connections or more.
    ///   - keepers: of documents that modules above this one tell.
    ///   - dialects: an account's dialect, and what must not be written down.
    public init(
        _ database: Database, client: CurlClient, options: DispatcherOptions = DispatcherOptions(),
        clock: DispatcherClock = DispatcherClock(),
        tally: DispatcherTally = DispatcherTally(), keepers: [any FactKeeper] = [], dialects: @escaping Dialects
    ) {
        self.database = database
        self.client = client
        self.options = options
        self.clock = clock
        self.tally = tally
        self.keepers = FactKeepers(keepers)
        self.dialects = dialects
    }

    /// Runs until its task is cancelled; requests that are under way are brought to their end.
    public func run() async {
        let loops = RunningLoops()
        await withDiscardingTaskGroup { group in
            group.addTask { await listen(loops) }
            while !Task.isCancelled {
                do {
                    for (key, account) in try await accounts() { begin(account, key, loops, in: &group) }
                } catch {
                    tally.troubled("", "\(error)")
                }
                try? await clock.sleep(options.idleMost)
            }
        }
    }

    /// Runs until nothing is left to tell but what waits for a person.
    ///
    /// - Parameter pause: between two looks whether that is so.
    public func runUntilQuiet(lookingEvery pause: Duration = .seconds(1)) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await run() }
            group.addTask {
                // A database that is away for a while is not quiet.
                repeat { try await clock.sleep(pause) } while (try? await movable()) != 0
            }
            try await group.next()
            group.cancelAll()
            while (try? await group.next()) != nil {}
        }
    }

    /// Documents of all consortia that have something to tell.
    private func movable() async throws -> Int {
        var count = 0
        for consortium in try await database.read({ try PartiesStore($0).consortia() }) {
            count += try await database.read(as: consortium.id.tenant) { try OutboxReadings($0, of: consortium.id).movable() }
        }
        return count
    }

    private func begin(
        _ account: RegisteredAccount, _ key: RunningLoops.Key, _ loops: RunningLoops, in group: inout DiscardingTaskGroup
    ) {
        let line: Line
        do {
            line = try self.line(key.consortium, account)
        } catch {
            // An account that cannot be spoken for is looked at again next time, and holds up no other.
            return tally.troubled(account.platform, "\(error)")
        }
        guard loops.isNew(key, account, line.masking) else { return }
        let loop = AccountLoop(Teller(line: line, keepers: keepers, options: options))
        loops.add(loop, for: key, account, line.masking)
        group.addTask { await loop.run() }
        guard let every = options.pullEvery, line.dialect.asks(.deliveryLines) else { return }
        group.addTask {
            while !loop.state.isStopping {
                do {
                    let trouble = try await Pulling(line: line, every: every).runWhenDue()
                    if let trouble { tally.troubled(line.platform, "pulling: \(trouble)") }
                } catch {
                    tally.troubled(line.platform, "pulling: \(error)")
                }
                guard (try? await clock.sleep(min(every, options.idleMost))) != nil else { return }
            }
        }
    }

    /// Pulls what is delivered, now and from every account.
    ///
    /// - Parameter consortium: whose accounts; `nil` for everybody's.
    /// - Returns: how many lines were new, and what went wrong, by platform.
    public func pull(of consortium: ConsortiumID? = nil) async throws -> [(platform: String, new: Int, trouble: String?)] {
        var pulled: [(platform: String, new: Int, trouble: String?)] = []
        for (key, account) in try await accounts() where consortium == nil || key.consortium == consortium {
            do {
                let line = try line(key.consortium, account)
                guard line.dialect.asks(.deliveryLines) else { continue }
                let outcome = try await Pulling(line: line, every: .seconds(600)).pullDeliveries()
                pulled.append((account.platform, outcome.new, outcome.trouble))
            } catch {
                pulled.append((account.platform, 0, "\(error)"))
            }
        }
        return pulled
    }

    /// Asks every account's platform for the orders announced since then, and writes down what differs.
    ///
    /// - Parameter consortium: whose accounts; `nil` for everybody's.
    public func reconcile(since: Instant, of consortium: ConsortiumID? = nil) async throws -> [(
        platform: String, report: ReconciliationReport
    )] {
        var reports: [(platform: String, report: ReconciliationReport)] = []
        for (key, account) in try await accounts() where consortium == nil || key.consortium == consortium {
            var report = ReconciliationReport()
            do { report = try await Reconciling(line: line(key.consortium, account)).run(since: since) } catch {
                report.untold.append("\(error)")
            }
            reports.append((account.platform, report))
        }
        return reports
    }

    func line(_ consortium: ConsortiumID, _ account: RegisteredAccount) throws -> Line {
        let (dialect, secrets) = try dialects(account)
        return Line(
            consortium: consortium, account: account, dialect: dialect, masking: Masking(secrets), database: database,
            client: client,
            clock: clock, tally: tally, pause: options.pause, requestTime: options.requestTime)
    }

    func accounts() async throws -> [(RunningLoops.Key, RegisteredAccount)] {
        let consortia = try await database.read { try PartiesStore($0).consortia() }
        var found: [(RunningLoops.Key, RegisteredAccount)] = []
        for consortium in consortia {
            let accounts = try await database.read(as: consortium.id.tenant) { try AccountsStore($0, consortium.id).accounts() }
            found += accounts.map { (RunningLoops.Key(consortium: consortium.id, platform: $0.platform), $0) }
        }
        return found
    }

    private func listen(_ loops: RunningLoops) async {
        while !Task.isCancelled {
            do {
                for try await event in database.events(on: AnnounceFact.channel) {
                    switch event {
                    case .message(let message): loops.ring(Int64(message.payload).map { ConsortiumID($0) })
                    case .listening, .gap: loops.ring(nil)
                    }
                }
            } catch {
                tally.troubled("", "\(error)")
                try? await clock.sleep(.seconds(1))
            }
        }
    }
}
