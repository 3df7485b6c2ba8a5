import Demonstration
import Formulary
import Foundation
import Parties
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Loading the demonstration")
struct DemonstrationTests {
    @Test("three consortia of 25 facilities are loaded once, and loading them again changes nothing")
    func loadsOnce() async throws {
        try await withTestDatabase { database in
            try await importCatalogs(into: database.owner)
            let demonstration = LoadDemonstration(
                seeds: "\(repositoryRoot)/db/seeds", owner: database.owner, application: database.application, historyDays: 20)

            let first = try await demonstration.run(at: .ofTests)
            #expect(first.map(\.code) == ["hangjin-renmin", "hangjin-mengyi", "yangxi"])
            #expect(first.map(\.facilities) == [7, 7, 11])
            #expect(first.allSatisfy { (300...650).contains($0.products) && $0.movements > 100 })
            let counted = try await counts(in: database.owner)
            #expect(counted.suffix(2).first ?? 0 > 1_000 && counted.last == 3, "listed prices of two platforms, chosen by three")

            let tomorrow = Instant.ofTests.adding(.seconds(86_400))
            let second = try await demonstration.run(at: tomorrow)
            #expect(second.allSatisfy { $0.movements == 0 })
            #expect(second.map(\.products) == first.map(\.products))
            #expect(try await counts(in: database.owner) == counted)
        }
    }

    @Test("the history shows stock-outs, stock about to expire and goods on their way")
    func showsWhatPeopleLookFor() async throws {
        try await withTestDatabase { database in
            try await importCatalogs(into: database.owner)
            _ = try await LoadDemonstration(
                seeds: "\(repositoryRoot)/db/seeds", owner: database.owner, application: database.application, historyDays: 60
            ).run(at: .ofTests)
            let consortia = try await database.owner.read { try PartiesStore($0).consortia() }
            for consortium in consortia {
                let found = try await database.application.read(as: consortium.id.tenant) { try Findings(consortium.id, $0) }
                #expect(found.stockOutDays > 20, "\(consortium.code)")
                #expect(found.atRisk > 5, "\(consortium.code)")
                #expect(found.onTheirWay > 0, "\(consortium.code)")
            }
        }
    }

    @Test("without the catalogues it says which are missing")
    func needsCatalogs() async throws {
        try await withTestDatabase { database in
            await #expect(throws: DemonstrationError.catalogueMissing("product with a pack")) {
                _ = try await LoadDemonstration(
                    seeds: "\(repositoryRoot)/db/seeds", owner: database.owner, application: database.application
                ).run(at: .ofTests)
            }
        }
    }

    /// What a newcomer looks for in a consortium's stock.
    private struct Findings: Sendable {
        var stockOutDays = 0
        var atRisk = 0
        var onTheirWay = 0

        init(_ consortium: ConsortiumID, _ transaction: Transaction) throws {
            let (readings, today) = (StockReadings(transaction), Instant.ofTests.businessDay)
            atRisk = try readings.atRisk(of: consortium, through: today.adding(days: 180), limit: 100).count
            for store in try PartiesStore(transaction).stores(of: consortium) {
                stockOutDays += try readings.consumption(
                    in: store.id, of: consortium, from: today.adding(days: -60), through: today.adding(days: -1)
                ).values.map(\.stockOutDays).reduce(0, +)
                onTheirWay += try readings.inTransit(to: store.id, of: consortium).count
            }
        }
    }

    private func importCatalogs(into owner: Database) async throws {
        let names = [
            "units/units", "dosage-forms/dosage-forms", "companies/companies", "products/products",
            "mongolian-medicines/products", "herbal-pieces/products", "consumables/products", "articles/articles",
            "mongolian-medicines/articles", "herbal-pieces/articles", "consumables/articles",
        ]
        let files = try names.map { Array(try Data(contentsOf: URL(fileURLWithPath: "\(repositoryRoot)/Catalogs/\($0).csv"))) }
        try await owner.write { transaction in
            for file in files {
                let report = try ImportCatalog(csv: file, acceptingTheRest: false).run(in: transaction, by: nil, at: .ofTests)
                #expect(report.isApplied)
            }
        }
    }

    /// How many rows the tables that the demonstration fills have.
    private func counts(in owner: Database) async throws -> [Int] {
        try await owner.read { transaction in
            try transaction.query(
                """
                SELECT count(*) AS rows FROM parties.facility
                UNION ALL SELECT count(*) FROM parties.store
                UNION ALL SELECT count(*) FROM identity.person
                UNION ALL SELECT count(*) FROM formulary.entry
                UNION ALL SELECT count(*) FROM stock_ledger.movement
                UNION ALL SELECT count(*) FROM stock_ledger.entry
                UNION ALL SELECT count(*) FROM stock_ledger.batch
                UNION ALL SELECT count(*) FROM audit.event
                UNION ALL SELECT count(*) FROM prices.published_price
                UNION ALL SELECT count(*) FROM prices.consortium_platform
                """
            ) { try $0["rows"] as Int }
        }
    }
}
