import Curl
import Formulary
import Identity
import PlatformExchange
import PlatformMessages
import PlatformSimulator
import Postgres
import Primitives

/// Two provincial platforms for a demonstration: western medicines are bought at one that speaks like Zhejiang's, patent and
/// ethnic ones at one that speaks like Shanghai's.
struct DemoPlatforms: Sendable {
    /// The platforms, by their codes.
    static var codes: [String] { kinds.map(\.platform) }
    private static let secrets = ["secret": "demonstration", "password": "demonstration", "app-code": "demo", "auth-code": "demo"]
    private static let kinds: [(platform: String, kinds: [ProductKind])] = [
        ("zhejiang-drugs", [.western]), ("shanghai-drugs", [.patent, .ethnic]),
    ]

    private let simulator: PlatformSimulator
    private let address: String
    private let database: Database
    private let catalogues: [String: PlatformCatalogue]
    private let institutions: [String: String]
    private let begunAt = TimeSource.system.now

    /// Lends platforms that last as long as `body`.
    ///
    /// - Parameter consortia: each has an institution's code of its own.
    static func lend(_ database: Database, home: Home, consortia: [String], _ body: (DemoPlatforms) async throws -> Void)
        async throws
    {
        var options = SimulatorOptions()
        options.acceptsUnknownCodes = true
        options.serialBase = SimulatorOptions.serialBase(at: TimeSource.system.now)
        options.suppliersSide.invoicesAfterReceipt = true
        let institutions = Dictionary(
            consortia.enumerated().map { ($1, "H150721\(Self.padded(Int64($0 + 1)).suffix(5))") },
            uniquingKeysWith: { first, _ in first })
        options.accounts = institutions.values.sorted().map { institution in
            SimulatorAccount(
                user: institution, secret: secrets["secret"] ?? "", appCode: secrets["app-code"] ?? "",
                authCode: secrets["auth-code"] ?? "", institution: institution)
        }
        let simulator = PlatformSimulator(options)
        let port = try await simulator.start()
        do {
            let catalogues = try PlatformsOnDisk(home: home, secretsDirectory: "").catalogues
            try await body(
                DemoPlatforms(
                    simulator: simulator, address: "http://127.0.0.1:\(port)", database: database, catalogues: catalogues,
                    institutions: institutions)
            )
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    /// Opens the consortium's accounts, with codes made of our own numbers, or closes them again.
    func register(_ consortium: String, isActive: Bool = true) async throws {
        let supervisor = try await DevelopmentSignIn(database: database).principal(
            token: "dev:\(DemoCycle.supervisor)@\(consortium)")
        let (address, known, institution) = (address, Set(catalogues.keys), institutions[consortium] ?? "")
        try await database.write(as: supervisor.tenant) { transaction in
            func numbers<Kind>(_ sql: SQL) throws -> [Identifier<Kind>] {
                try transaction.query(sql) { try $0["number"] as Identifier<Kind> }
            }
            let articles: [ArticleID] = try numbers("SELECT article_id AS number FROM formulary.article")
            let companies: [CompanyID] = try numbers("SELECT company_id AS number FROM parties.company WHERE is_supplier")
            let stores: [StoreID] = try numbers(
                "SELECT store_id AS number FROM parties.store WHERE consortium_id = \(supervisor.consortium)")
            for (platform, kinds) in Self.kinds {
                let account = RegisteredAccount(
                    platform: platform, institution: institution, address: "\(address)/\(platform)",
                    settings: [
                        "contact": "采购中心", "telephone": "0477-0000000", "invoice-title": "demonstration", "user": institution,
                        "ip": "127.0.0.1", "mac": "000000000000", "order-type": "1", "token-path": "/token",
                        "service-path": platform.hasPrefix("zhejiang") ? "/service" : "/ysxt-ws/service/mainservice",
                    ], secrets: "demonstration", kinds: kinds, isActive: isActive)
                try RegisterAccount(account, known: known).run(in: transaction, by: supervisor, at: TimeSource.system.now)
                try SetPlatformCodes(
                    platform: platform,
                    articles: articles.map { .init(article: $0, code: "XN\(Self.padded($0.rawValue))", purchaseKind: "1") },
                    companies: companies.map { .init(company: $0, code: "QY\(Self.padded($0.rawValue))") },
                    stores: stores.map { .init(store: $0, code: "PSD\(Self.padded($0.rawValue))") }
                ).run(in: transaction, by: supervisor, at: TimeSource.system.now)
            }
        }
    }

    private func id(of consortium: String) async throws -> ConsortiumID {
        try await DevelopmentSignIn(database: database).principal(token: "dev:\(DemoCycle.supervisor)@\(consortium)").consortium
    }

    /// Tells the platforms what there is.
    func tell() async throws {
        try await use { try await $0.runUntilQuiet(lookingEvery: .milliseconds(100)) }
    }

    /// Tells the platforms what there is, then pulls what suppliers deliver and invoice there.
    func exchange(_ consortium: String) async throws {
        let id = try await id(of: consortium)
        try await use { dispatcher in
            try await dispatcher.runUntilQuiet(lookingEvery: .milliseconds(100))
            let told = dispatcher.tally.now.outcomes
            for line in try await dispatcher.pull(of: id) {
                let accepted = (told[line.platform] ?? [:]).sorted { $0.key < $1.key }.map {
                    "\($0.value["accepted"] ?? 0) \($0.key)"
                }
                Terminal.say(
                    "     \(line.platform): told \(accepted.isEmpty ? "nothing" : accepted.joined(separator: ", ")), \(line.new) lines of deliveries pulled"
                        + (line.trouble.map { ", \($0)" } ?? ""))
            }
        }
    }

    /// - Throws: ``CommandFailure`` when the platforms and we do not agree.
    func reconcile(_ consortium: String) async throws {
        let id = try await id(of: consortium)
        try await use { dispatcher in
            try await dispatcher.runUntilQuiet(lookingEvery: .milliseconds(100))
            let reports = try await dispatcher.reconcile(since: begunAt, of: id)
            for (platform, report) in reports {
                Terminal.say(
                    "     \(platform): \(report.orders) orders, \(report.lines) lines compared, \(report.receipts) receipts, "
                        + "\(report.invoices) invoices, \(report.differences) differences")
                guard report.differences == 0, report.untold.isEmpty else {
                    throw CommandFailure(
                        "\(platform) and the consortium do not agree: \(report.untold.first ?? "see lianyao exchange reconcile").")
                }
            }
        }
    }

    private func use(_ body: (Dispatcher) async throws -> Void) async throws {
        let client = CurlClient(.ofDispatchers)
        var options = DispatcherOptions()
        options.pullEvery = nil
        // The simulated platforms are on this machine: what has not arrived at once does not arrive.
        options.claimMargin = .seconds(1)
        let dispatcher = Dispatcher(database, client: client, options: options) { [catalogues] account in
            guard let catalogue = catalogues[account.platform] else {
                throw CommandFailure("There is no catalogue of \(account.platform).")
            }
            let known = PlatformAccount(institution: account.institution, settings: account.settings, secrets: Self.secrets)
            return (catalogue.dialect(for: known), Array(Self.secrets.values))
        }
        do {
            try await body(dispatcher)
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }

    private static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 13 - digits.count)) + digits
    }
}
