import ArgumentParser
import Foundation
import Identity
import InsuranceUploads
import Postgres
import Primitives

/// What a consortium's insurers are told of, in a file.
private struct InsuranceFile: Codable {
    let institutions: [Institution]?
    let batches: [NoteUploadFacts.BatchFact]?
    let articles: [NoteUploadFacts.ArticleSale]?
    let pharmacists: [NoteUploadFacts.Licence]?
}

/// Writes down which facilities insurers know, and what they ask that no delivery says.
struct ExchangeInsuranceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "insurance",
        abstract: "Registers institutions of insurers, and notes what uploads need, from a JSON file.",
        discussion: """
            The file may have institutions [{facility, platform, code, name, isActive}], batches [{batch, madeOn, packPrice}], articles \
            [{article, sale}] with sale over-the-counter, prescription or both, and pharmacists [{person, number}]. What it does not name \
            stays as it is. All of it is written, or nothing.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(help: ArgumentHelp("Who does it.", valueName: "person@consortium"))
    var person: String

    @OptionGroup var options: ExchangeOptions

    func run() async throws {
        let told = try InsuranceFile(toldIn: file)
        let token = "dev:\(person)"
        try await options.use { database, _ in
            let principal = try await DevelopmentSignIn(database: database).principal(token: token)
            try await database.write(as: principal.tenant) { transaction in
                let now = TimeSource.system.now
                for institution in told.institutions ?? [] {
                    try RegisterInstitution(institution).run(in: transaction, by: principal, at: now)
                }
                try NoteUploadFacts(
                    batches: told.batches ?? [], articles: told.articles ?? [], pharmacists: told.pharmacists ?? []
                ).run(in: transaction, by: principal, at: now)
            }
            Terminal.say(
                "\(told.institutions?.count ?? 0) institutions, \(told.batches?.count ?? 0) batches, \(told.articles?.count ?? 0) articles, "
                    + "\(told.pharmacists?.count ?? 0) pharmacists")
        }
    }
}

/// Announces what is in stock to insurers.
struct ExchangeStockCountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock-count",
        abstract: "Announces to insurers what is in stock in every institution, batch by batch (3501).",
        discussion: "Each batch is counted once a day. An institution is counted when it is registered, and every month.")

    @Option(help: ArgumentHelp("Whose stock alone (default: every institution's).", valueName: "facility"))
    var facility: Int64?

    @Option(help: ArgumentHelp("Who does it.", valueName: "person@consortium"))
    var person: String

    @OptionGroup var options: ExchangeOptions

    func run() async throws {
        let (count, token) = (CountStock(facility: facility.map { FacilityID($0) }), "dev:\(person)")
        try await options.use { database, _ in
            let principal = try await DevelopmentSignIn(database: database).principal(token: token)
            let batches = try await database.write(as: principal.tenant) {
                try count.run(in: $0, by: principal, at: TimeSource.system.now)
            }
            Terminal.say("\(batches) batches are announced")
        }
    }
}
