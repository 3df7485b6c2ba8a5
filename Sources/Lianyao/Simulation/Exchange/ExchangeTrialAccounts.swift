import Formulary
import PlatformExchange
import PlatformSimulator
import Postgres
import Primitives

/// The accounts of a trial, on both sides.
struct ExchangeTrialAccounts: Sendable {
    static let platforms = ["zhejiang-drugs", "shanghai-drugs"]
    static let institution = "H33010200001"
    static let secretsName = "trial"
    static let secrets = [
        "secret": "trial-secret-of-the-simulator", "password": "trial-secret-of-the-simulator", "app-code": "trial-app-code",
        "auth-code": "trial-auth-code",
    ]
    private static let supplier = "91330100799655058B"
    private static let point = "PSD0001"

    /// What the simulated platform knows.
    static func options(seed: UInt64) -> SimulatorOptions {
        var options = SimulatorOptions()
        options.seed = seed
        options.accounts = [
            SimulatorAccount(
                user: institution, secret: secrets["secret"] ?? "", appCode: secrets["app-code"] ?? "",
                authCode: secrets["auth-code"] ?? "",
                institution: institution)
        ]
        // Nothing is received in the trial, so nothing is invoiced.
        options.suppliersSide.invoices = 0
        options.suppliers = [supplier: "trial supplier"]
        options.deliveryPoints = [point: "store"]
        let price = Money(tenThousandths: ExchangeTrialData.packPrice)
        options.products = (1...ExchangeTrialData.articlesOfEach * 2).map {
            SimulatorProduct(code: code($0), name: "product", price: price)
        }
        return options
    }

    /// - Parameter place: of an article among all, from 1.
    private static func code(_ place: Int) -> String { "XN\(String(1_000_000_000_000 + place))" }

    let loaded: ExchangeTrialData.Loaded
    let address: String

    func register(in transaction: Transaction, at now: Instant) throws {
        let articles = try transaction.query("SELECT article_id FROM formulary.article ORDER BY article_id") {
            try $0["article_id"] as ArticleID
        }
        let company = try transaction.first("SELECT company_id FROM parties.company") { try $0["company_id"] as CompanyID }
        let store = try transaction.first("SELECT store_id FROM parties.store") { try $0["store_id"] as StoreID }
        for (platform, kind) in zip(Self.platforms, [ProductKind.western, .patent]) {
            let account = RegisteredAccount(
                platform: platform, institution: Self.institution, address: "\(address)/\(platform)",
                settings: [
                    "contact": "trial", "telephone": "0571-00000000", "invoice-title": "trial",
                    "service-path": Self.servicePath(of: platform),
                    "token-path": "/token", "user": Self.institution, "ip": "127.0.0.1", "mac": "000000000000", "order-type": "1",
                ], secrets: Self.secretsName, kinds: [kind])
            try RegisterAccount(account, known: Set(Self.platforms)).run(in: transaction, by: loaded.officer, at: now)
            try SetPlatformCodes(
                platform: platform,
                articles: articles.enumerated().map { .init(article: $1, code: Self.code($0 + 1), purchaseKind: "1") },
                companies: company.map { [.init(company: $0, code: Self.supplier)] } ?? [],
                stores: store.map { [.init(store: $0, code: Self.point)] } ?? []
            ).run(in: transaction, by: loaded.officer, at: now)
        }
    }

    private static func servicePath(of platform: String) -> String {
        platform == "zhejiang-drugs" ? "/service" : "/ysxt-ws/service/mainservice"
    }
}
