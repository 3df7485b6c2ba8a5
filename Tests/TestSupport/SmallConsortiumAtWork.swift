import Formulary
import Foundation
import Identity
public import Parties
import Postgres
public import Primitives

/// What most tests of prescriptions begin with.
extension SmallConsortium {
    private struct NobodyAdded: Error {}

    /// Adds people of one role each, at the hospital unless told.
    public func addStaff(
        _ staff: [(code: String, role: Role)], at facility: FacilityID? = nil, in database: TestDatabase
    ) async throws -> [Principal] {
        try await database.owner.write { transaction in
            let people = People(transaction)
            return try staff.map { code, role in
                _ = try people.add(
                    to: id, code: code, name: code, facility: facility ?? hospital, company: nil, roles: [role])
                guard let person = try people.person(code: code, of: id) else { throw NobodyAdded() }
                return person.principal(in: id)
            }
        }
    }

    /// Puts every product into a formulary that is in force from the day of `now`.
    public func publishFormulary(
        levels: Set<FacilityLevel> = Set(FacilityLevel.allCases), in database: TestDatabase, at now: Instant = .ofTests
    ) async throws {
        let version = FormularyVersionID(UUID())
        let entries = products.map { FormularyEntry(product: $0, levels: levels) }
        try await database.application.write(as: id.tenant) { transaction in
            _ = try DraftFormulary(id: version, note: "").run(in: transaction, by: officer, at: now)
            _ = try PutFormularyEntries(version: version, entries: entries).run(in: transaction, by: officer, at: now)
            _ = try PublishFormulary(version: version, validFrom: now.businessDay).run(in: transaction, by: officer, at: now)
        }
    }
}
