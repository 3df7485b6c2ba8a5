import Formulary
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("editions of a catalogue")
struct EditionTests {
    typealias Fixture = FormularyFixture

    static func row(_ number: Int, price: String = "10.00", pack: String = "24粒/盒", product: String = "T0001", size: String = "24")
        -> String
    {
        "XJ01CAA040E0010101\(String(number + 10_000)),\(product),,某某制药有限公司,国药准字H20073872,,,\(size),盒,\(pack),\(price)"
    }

    /// The numbers are of ``row(_:price:pack:product:size:)``.
    private static let first = [row(1), row(2), row(3), row(4)]
    /// 1 as it was, 2 at another price, 3 in another pack, 4 gone, 5 new.
    private static let second = [row(1), row(2, price: "12.55"), row(3, pack: "2板×12粒/盒"), row(5)]

    @Test("an edition shows what it adds, changes, withdraws and prices otherwise before it is accepted, and changes nothing")
    func difference() async throws {
        try await withFormulary { fixture in
            try await fixture.accepted(Self.first, "2024")
            let articles = try await fixture.count("SELECT count(*) FROM formulary.article WHERE withdrawn_on IS NULL")
            let proposal = try await fixture.proposed(Self.second, "2025")
            #expect(proposal.edition.status == .proposed && proposal.problems.isEmpty)
            let counts = proposal.edition.counts
            #expect((counts.rows, counts.unchanged, counts.added, counts.changed) == (4, 1, 1, 2))
            #expect((counts.priceChanged, counts.withdrawn, counts.delisted, counts.returned) == (1, 1, 0, 0))
            #expect(try await fixture.count("SELECT count(*) FROM formulary.article WHERE withdrawn_on IS NULL") == articles)

            let changes = try await fixture.changes(proposal.edition.id)
            #expect(Set(changes.map(\.change)) == [.added, .changed, .withdrawn])
            let priced = try await fixture.within { [edition = proposal.edition.id] in
                try EditionsStore($0).changes(of: edition, ofPriceOnly: true, limit: 10)
            }
            #expect(priced.count == 1)
            let dearer = try #require(priced.first)
            #expect(dearer.priceBefore == Money(yuan: "10.00") && dearer.price == Money(yuan: "12.55"))
            #expect(dearer.pricePercent == 26, "25.5 rounds away from zero")
            #expect(dearer.fields.map { [$0.field, $0.before, $0.after] } == [["reference_price", "10.00", "12.55"]])
            let repacked = try #require(changes.first { $0.fields.first?.field == "pack_text" })
            #expect(repacked.fields.map(\.before) == ["24粒/盒"] && repacked.fields.map(\.after) == ["2板×12粒/盒"])
            let gone = try #require(changes.first { $0.change == .withdrawn })
            #expect(gone.insuranceCode?.hasSuffix("10004") == true && gone.line == nil && gone.manufacturer == "某某制药有限公司")
            let new = try #require(changes.first { $0.change == .added })
            #expect(new.line == 5 && new.product == "阿莫西林胶囊 0.25g" && new.price == Money(yuan: "10.00"))
        }
    }

    @Test("an accepted edition is in force at once; what it withdraws stays on record, and a later edition brings it back")
    func acceptance() async throws {
        try await withFormulary { fixture in
            try await fixture.accepted(Self.first, "2024")
            let second = try await fixture.accepted(Self.second, "2025")
            #expect(second.status == .accepted && second.number == 2 && second.basedOn == 1)
            let offered = try await fixture.codesOffered()
            #expect(offered == ["10001", "10002", "10003", "10005"])
            let gone = try await fixture.article("10004")
            #expect(gone.withdrawnOn == fixture.today)
            let refusal = #expect(throws: FormularyRefusal.self) { try gone.requireOffered(on: fixture.today) }
            #expect(refusal?.code.rawValue == "formulary.article-withdrawn")
            try gone.requireOffered(on: fixture.today.adding(days: -1))

            let third = try await fixture.proposed(Self.second + [Self.row(4, price: "8.00")], "2026")
            #expect((third.edition.counts.returned, third.edition.counts.changed, third.edition.counts.added) == (1, 1, 0))
            try await fixture.accept(third.edition.id)
            #expect(try await fixture.article("10004").id == gone.id)
            #expect(try await fixture.article("10004").withdrawnOn == nil)

            let history = try await fixture.within { try EditionsStore($0).history(of: gone.id) }
            #expect(history.map(\.label) == ["2026", "2025", "2024"])
            #expect(history.map(\.change.change) == [.returned, .withdrawn, .added])
            #expect(history.map(\.change.price) == [Money(yuan: "8.00"), nil, Money(yuan: "10.00")])
            #expect(history.first?.change.pricePercent == -20)
            #expect(history.first?.number == 3 && history.last?.validFrom == fixture.today)
        }
    }

    @Test("an article that another catalogue names still is not withdrawn, until that one drops it too")
    func twoCatalogues() async throws {
        try await withFormulary { fixture in
            try await fixture.accepted(Self.first, "2024")
            let other = try await fixture.proposed([Self.row(4)], "1", of: "省目录")
            #expect(other.edition.counts.listed == 1 && other.edition.counts.unchanged == 1)
            try await fixture.accept(other.edition.id)
            let second = try await fixture.accepted(Self.second, "2025")
            #expect((second.counts.withdrawn, second.counts.delisted) == (0, 1))
            #expect(try await fixture.article("10004").withdrawnOn == nil)
            let dropped = try await fixture.accepted([Self.row(1)], "2", of: "省目录")
            #expect((dropped.counts.withdrawn, dropped.counts.listed) == (1, 1))
            #expect(try await fixture.article("10004").withdrawnOn == fixture.today)
        }
    }

    @Test("a row that cannot be used withdraws nothing, and must be accepted as left out")
    func unusableRows() async throws {
        try await withFormulary { fixture in
            try await fixture.accepted(Self.first, "2024")
            let proposal = try await fixture.proposed(
                [Self.row(1), Self.row(2, price: "zehn"), Self.row(3, product: "T9999"), Self.row(4, product: "T0002")], "2025")
            #expect((proposal.edition.counts.skipped, proposal.edition.counts.withdrawn, proposal.errorCount) == (3, 0, 3))
            #expect(proposal.problems.map(\.reason) == [.notAPrice, .productUnknown, .productFixed])
            let refused = await formularyRefusal { try await fixture.accept(proposal.edition.id) }
            #expect(refused?.code.rawValue == "formulary.edition-has-unusable-rows")
            #expect(refused?.field == "acceptTheRest")
            try await fixture.accept(proposal.edition.id, acceptingTheRest: true)
            #expect(try await fixture.codesOffered().count == 4)
        }
    }

    @Test("an edition is decided once, against what it was compared with, from its first day on")
    func refusals() async throws {
        try await withFormulary { fixture in
            let early = try await fixture.proposed(Self.first, "2024")
            let late = try await fixture.proposed(Self.second, "2025", from: fixture.today.adding(days: 1))
            #expect(await fixture.refusal(accepting: late.edition.id) == "formulary.edition-not-begun")
            try await fixture.accept(early.edition.id)
            #expect(await fixture.refusal(accepting: early.edition.id) == "formulary.edition-not-proposed")
            #expect(await fixture.refusal(accepting: late.edition.id) == "formulary.edition-overtaken")
            #expect(await fixture.refusal(accepting: EditionID(UUID())) == "formulary.edition-unknown")
            let discarded = try await fixture.within { [keeper = fixture.keeper] in
                try DiscardEdition(edition: late.edition.id).run(in: $0, by: keeper, at: .ofTests)
            }
            #expect(discarded.status == .discarded)
            #expect(await fixture.refusal(accepting: late.edition.id) == "formulary.edition-not-proposed")

            #expect(await fixture.refusal(proposing: Self.first, "2024") == "formulary.edition-exists")
            #expect(await fixture.refusal(proposing: Self.first, " ") == "formulary.edition-name-missing")
            #expect(
                await fixture.refusal(proposing: Self.first, String(repeating: "版", count: 101)) == "formulary.text-too-long")
            #expect(
                await fixture.refusal(proposing: Self.second, "2023", from: fixture.today.adding(days: -1))
                    == "formulary.edition-out-of-order")
            let units = await formularyRefusal {
                try await fixture.proposed(lines: ["code,chinese,english,kind", "tab,片,tablet,count"], "2025")
            }
            #expect(units?.code.rawValue == "formulary.edition-not-of-articles")
        }
    }

    @Test("a file without an edition adds and changes, is kept as history, and withdraws nothing")
    func supplements() async throws {
        try await withFormulary { fixture in
            try await fixture.accepted(Self.first, "2024")
            let report = try await fixture.imported(([Fixture.articlesHeader, Self.row(2, price: "11.00")]).joined(separator: "\n"))
            #expect((report.changed, report.added, report.unchanged) == (1, 0, 0))
            #expect(try await fixture.codesOffered().count == 4)
            let editions = try await fixture.within { try EditionsStore($0).editions(limit: 10) }
            #expect(editions.map(\.catalogue) == ["", Fixture.catalogue] && editions.map(\.number) == [2, 1])
            let article = try await fixture.article("10002")
            let history = try await fixture.within { try EditionsStore($0).history(of: article.id) }
            #expect(history.map(\.change.pricePercent) == [10, nil])
        }
    }

    @Test("history is only ever appended to by the application")
    func appendOnly() async throws {
        try await withFormulary { fixture in
            let edition = try await fixture.accepted(Self.first, "2024")
            let statements: [SQL] = [
                "DELETE FROM formulary.edition_change WHERE edition_id = \(edition.id)",
                "UPDATE formulary.edition_change SET reference_price = 1 WHERE edition_id = \(edition.id)",
                "DELETE FROM formulary.edition WHERE edition_id = \(edition.id)",
                "UPDATE formulary.edition SET added = 0 WHERE edition_id = \(edition.id)",
            ]
            for statement in statements {
                let refused = await #expect(throws: PostgresError.self) {
                    try await fixture.within { try $0.execute(statement) }
                }
                #expect(refused?.sqlState == "42501")
            }
        }
    }
}
