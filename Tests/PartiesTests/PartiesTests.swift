import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Parties")
struct PartiesTests {
    @Test("a licence is valid from its first day through its last", arguments: [(99, false), (100, true), (200, true), (201, false)] as [(Int32, Bool)])
    func licencePeriod(day: Int32, isValid: Bool) {
        let licence = Licence(
            company: CompanyID(1), kind: .drugDistribution, number: "1", validFrom: CalendarDate(day: 100),
            validThrough: CalendarDate(day: 200))
        #expect(licence.isValid(on: CalendarDate(day: day)) == isValid)
    }

    private func refusal(_ database: TestDatabase, _ body: @escaping @Sendable (Transaction) throws -> Void) async -> String {
        do {
            try await database.application.write(as: ConsortiumID(1).tenant, body)
            return "no refusal"
        } catch let refusal as any Refusal {
            return refusal.refusalCode.rawValue
        } catch {
            return "\(error)"
        }
    }

    @Test("what is unknown or wrong is refused")
    func refusals() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let now = Instant.ofTests
            #expect(await refusal(database) { _ = try PartiesStore($0).facility(FacilityID(999), of: small.id) } == "parties.facility-unknown")
            #expect(await refusal(database) { _ = try PartiesStore($0).store(other.centralStore, of: small.id) } == "parties.store-unknown")
            #expect(await refusal(database) { _ = try PartiesStore($0).supplier(CompanyID(999)) } == "parties.company-unknown")
            #expect(
                await refusal(database) { transaction in
                    let maker = try RegisterCompany(name: "只生产", creditCode: nil, isManufacturer: true, isSupplier: false)
                        .run(in: transaction, by: small.officer, at: now)
                    _ = try PartiesStore(transaction).supplier(maker.id)
                } == "parties.not-a-supplier")
            #expect(
                await refusal(database) { transaction in
                    _ = try RegisterCompany(name: "错码", creditCode: "12100000400006127D", isManufacturer: false, isSupplier: true)
                        .run(in: transaction, by: small.officer, at: now)
                } == "parties.credit-code-invalid")
            #expect(
                await refusal(database) { transaction in
                    let licence = Licence(
                        company: small.supplier, kind: .drugDistribution, number: "X", validFrom: CalendarDate(day: 2),
                        validThrough: CalendarDate(day: 1))
                    _ = try RecordLicence(licence: licence).run(in: transaction, by: small.officer, at: now)
                } == "parties.licence-period-invalid")
        }
    }
}
