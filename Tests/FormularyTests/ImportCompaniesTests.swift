import Formulary
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("imports of companies and dictionaries")
struct ImportCompaniesTests {
    static let header = CatalogKind.companies.columns.joined(separator: ",")

    static func row(
        name: String = "某某医药有限公司", code: String = "91150000999000013R", maker: String = "no", supplier: String = "yes",
        kind: String = "drug-distribution", number: String = "蒙AA4710001", from: String = "2024-01-01",
        through: String = "2028-12-31"
    ) -> String {
        "\(name),\(code),\(maker),\(supplier),\(kind),\(number),\(from),\(through)"
    }

    @Test("one company may have several licences, one a row, and learns new ones")
    func licences() async throws {
        try await withFormulary { fixture in
            let second = Self.row(kind: "device_distribution", number: "蒙械1")
            let first = try await fixture.imported("\(Self.header)\n\(Self.row())\n\(second)")
            #expect((first.added, first.changed, first.unchanged) == (2, 0, 0))
            let again = try await fixture.imported("\(Self.header)\n\(Self.row())\n\(second)")
            #expect((again.added, again.changed, again.unchanged) == (0, 0, 2))
            let later = try await fixture.imported(
                "\(Self.header)\n\(Self.row(through: "2030-12-31"))\n\(Self.row(number: "新"))")
            #expect((later.added, later.changed, later.unchanged) == (1, 1, 0))
            let licences = try await fixture.within { transaction in
                let company = try PartiesStore(transaction).companies(suppliersOnly: true, after: nil, limit: 10)
                return try PartiesStore(transaction).licences(of: try #require(company.first).id)
            }
            #expect(licences.count == 3)
            #expect(licences.contains { $0.validThrough == CalendarDate("2030-12-31") })
        }
    }

    @Test(
        "each fault of a company is told with its field and reason",
        arguments: [
            (row(code: "91150000999000014R"), "credit_code", CatalogReason.creditCodeInvalid),
            (row(code: "9.13E+17"), "credit_code", .spreadsheetError),
            (row(supplier: "no"), "is_supplier", .roleMissing), (row(number: ""), "licence_number", .licenceIncomplete),
            (row(kind: "fishing"), "licence_kind", .notAChoice),
            (row(from: "2024-02-30"), "licence_valid_from", .notADay),
            (row(from: "2029-01-01"), "licence_valid_through", .licencePeriodInvalid),
        ])
    func faults(row: String, field: String, reason: CatalogReason) async throws {
        try await withFormulary { fixture in
            let report = try await fixture.imported("\(Self.header)\n\(row)")
            #expect(report.problems.map(\.reason) == [reason], "\(report.problems)")
            #expect(report.problems.first?.field == field)
            #expect(!report.isApplied)
        }
    }

    @Test("rows of one company agree, and a credit code has one holder")
    func agreement() async throws {
        try await withFormulary { fixture in
            let differing = try await fixture.imported(
                "\(Self.header)\n\(Self.row())\n\(Self.row(maker: "yes", number: "2"))")
            #expect(differing.problems.map(\.reason) == [.companyDiffers])
            #expect(differing.problems.first?.otherLine == 2)
            let shared = try await fixture.imported("\(Self.header)\n\(Self.row())\n\(Self.row(name: "别的公司"))")
            #expect(shared.problems.map(\.reason) == [.creditCodeTaken])
            try await fixture.imported("\(Self.header)\n\(Self.row())")
            let taken = try await fixture.imported("\(Self.header)\n\(Self.row(name: "别的公司"))")
            #expect(taken.problems.map(\.reason) == [.creditCodeTaken])
            let repeated = try await fixture.imported("\(Self.header)\n\(Self.row())\n\(Self.row(from: "2025-01-01"))")
            #expect(repeated.problems.map(\.reason) == [.repeated])
        }
    }

    @Test(
        "dictionaries are added, changed and read back",
        arguments: [
            (
                "order-frequencies",
                "code,chinese,english,cycle_hours,times_per_cycle\nbid,每日两次,twice a day,24,2\nbid,又,again,24,2\n", 1
            ),
            ("routes", "code,chinese,english,route_group,national_code\npo,口服,by mouth,oral,1\npo,又,again,oral,1\n", 1),
            ("facility-types", "code,chinese,english,level\nclinic,诊所,clinic,hamlet\n", 1),
            ("units", "code,chinese,english,kind\ntablet,片,tablet,weight\n", 1),
        ])
    func dictionaryFaults(name: String, csv: String, skipped: Int) async throws {
        try await withFormulary { fixture in
            let shipped = try await fixture.imported(try shippedCatalog("\(name)/\(name).csv"))
            #expect(shipped.problems.isEmpty)
            #expect(shipped.kind.rawValue == name)
            #expect(try await fixture.imported(csv).skipped == skipped)
        }
    }

    @Test("an order frequency says how often in how many hours")
    func frequencies() async throws {
        try await withFormulary { fixture in
            try await fixture.imported(try shippedCatalog("order-frequencies/order-frequencies.csv"))
            let frequencies = try await fixture.within { try DictionariesStore($0).orderFrequencies() }
            let bid = try #require(frequencies.first { $0.code == "bid" })
            #expect((bid.cycleHours, bid.timesPerCycle) == (24, 2))
            let changed = try await fixture.imported(
                "code,chinese,english,cycle_hours,times_per_cycle\nbid,一日两次,twice daily,24,2\n")
            #expect((changed.changed, changed.added) == (1, 0))
            let types = try await fixture.within { try DictionariesStore($0).facilityTypes() }
            #expect(types.isEmpty)
        }
    }
}
