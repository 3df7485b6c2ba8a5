import ArgumentParser
import Formulary
import Foundation
import Identity
import PlatformExchange
import PlatformMessages
import Postgres
import Primitives

/// What a consortium's account at a platform is, in a file.
private struct AccountFile: Codable {
    let platform: String
    let institution: String
    let address: String
    let authority: String?
    let settings: [String: String]?
    let secrets: String
    let kinds: [ProductKind]
    let isActive: Bool?
    let articles: [SetPlatformCodes.ArticleCode]?
    let companies: [SetPlatformCodes.CompanyCode]?
    let stores: [SetPlatformCodes.StoreCode]?
}

/// Writes down whom a platform knows a consortium as, and what it calls our articles, suppliers and stores.
struct ExchangeAccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Registers or changes an account at a platform, and the platform's codes, from a JSON file.",
        discussion: """
            The file has platform, institution, address, secrets (the name of the file that holds them) and kinds, and may have settings, \
            authority, isActive, and the codes: articles [{article, code, purchaseKind}], companies [{company, code}], stores [{store, \
            code}]. Codes that it does not name stay as they are. All of it is written, or nothing. `lianyao exchange platforms` lists the \
            platforms.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(help: ArgumentHelp("Who does it.", valueName: "person@consortium"))
    var person: String

    @OptionGroup var options: ExchangeOptions

    func run() async throws {
        let told = try AccountFile(toldIn: file)
        let platforms = try options.platforms()
        let token = "dev:\(person)"
        try await options.use { database, _ in
            let principal = try await DevelopmentSignIn(database: database).principal(token: token)
            let account = RegisteredAccount(
                platform: told.platform, institution: told.institution, address: told.address, authority: told.authority ?? "",
                settings: told.settings ?? [:], secrets: told.secrets, kinds: told.kinds, isActive: told.isActive ?? true)
            let codes = SetPlatformCodes(
                platform: told.platform, articles: told.articles ?? [], companies: told.companies ?? [], stores: told.stores ?? [])
            try await database.write(as: principal.tenant) { transaction in
                try RegisterAccount(
                    account, known: platforms.described, withoutGoods: platforms.withoutGoods, undescribed: platforms.undescribed
                ).run(in: transaction, by: principal, at: TimeSource.system.now)
                try codes.run(in: transaction, by: principal, at: TimeSource.system.now)
            }
            Terminal.say(
                "\(told.platform): account of \(told.institution), \(codes.articles.count) articles, \(codes.companies.count) companies, "
                    + "\(codes.stores.count) stores")
        }
    }
}
