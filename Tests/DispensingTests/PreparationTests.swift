import Dispensing
import Formulary
import Foundation
import Identity
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Preparing by one, checking and handing out by another")
struct PreparationTests {
    private func person(_ clinic: Clinic, _ code: String, _ roles: [Role]) async throws -> Principal {
        let consortium = clinic.consortium
        return try await clinic.database.owner.write { transaction in
            _ = try People(transaction).add(
                to: consortium.id, code: code, name: code, facility: consortium.townships[0], company: nil, roles: roles)
            return try #require(try People(transaction).person(code: code, of: consortium.id)).principal(in: consortium.id)
        }
    }

    @discardableResult
    private func prepare(
        _ clinic: Clinic, _ id: PrescriptionID, by person: Principal, from store: StoreID? = nil, lines: [HandOutLine]? = nil,
        scans: [TraceScan] = [], as preparation: PreparationID = PreparationID(UUID())
    ) async throws -> Preparation {
        let store = store ?? clinic.store
        return try await clinic.write { transaction in
            try PreparePrescription(
                preparation: preparation, prescription: id, store: store, lines: lines, scans: scans
            ).run(in: transaction, by: person, at: .ofTests)
        }
    }

    private func declare(_ clinic: Clinic, twoPersons: Bool, by person: Principal? = nil) async throws {
        let facility = clinic.consortium.townships[0]
        try await clinic.write { transaction in
            try DeclareTwoPersons(facility: facility, hasTwoPersons: twoPersons)
                .run(in: transaction, by: person ?? clinic.consortium.officer, at: .ofTests)
        }
    }

    @Test("what one person prepared, with its boxes, another hands out, once")
    func twoPeople() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 56, batch: "SOON", expiresIn: 40)
            try await clinic.stock(0, 56)
            try await declare(clinic, twoPersons: true)
            let preparer = try await person(clinic, "preparer", [.dispenser])
            let id = try await clinic.issueApproved()
            await expectRefusal("dispensing.second-person-required") { try await clinic.dispense(id) }
            let lines = [HandOutLine(line: 1, quantity: 28)]
            let prepared = try await prepare(clinic, id, by: preparer, lines: lines)
            #expect(prepared.proposed.map(\.batchNumber) == ["SOON"] && prepared.lines == lines)
            await expectRefusal("dispensing.second-person-required") {
                try await clinic.dispense(id, by: preparer, preparation: prepared.id)
            }
            let record = try await clinic.dispense(id, preparation: prepared.id)
            #expect(record.preparer == preparer.person && record.dispenser == clinic.dispenser.person)
            #expect(record.lines.map(\.pick.quantity) == [28])
            await expectRefusal("dispensing.exceeds-open") { try await clinic.dispense(id, preparation: prepared.id) }
            await expectRefusal("dispensing.preparation-unknown") {
                try await clinic.dispense(id, preparation: PreparationID(UUID()))
            }
        }
    }

    @Test("a preparation is of one prescription as it is, in one store, and is handed out once")
    func differs() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let far = clinic.consortium.pharmacies[1]
            for store in clinic.consortium.pharmacies { try await clinic.stock(0, 84, in: store) }
            let preparer = try await person(clinic, "preparer", [.dispenser])
            let (id, other) = (try await clinic.issueApproved(), try await clinic.issueApproved())
            let part = [HandOutLine(line: 1, quantity: 10)]
            let prepared = try await prepare(clinic, id, by: preparer, lines: part)
            await expectRefusal("dispensing.preparation-differs") { try await clinic.dispense(other, preparation: prepared.id) }
            await expectRefusal("dispensing.preparation-differs") {
                try await clinic.dispense(
                    id, from: far, by: clinic.consortium.storekeepers[1], preparation: prepared.id)
            }
            await expectRefusal("dispensing.preparation-differs") {
                try await clinic.dispense(
                    id, lines: [HandOutLine(line: 1, quantity: 11)], preparation: prepared.id)
            }
            try await clinic.dispense(id, preparation: prepared.id)
            await expectRefusal("dispensing.preparation-differs") { try await clinic.dispense(id, preparation: prepared.id) }
            await expectRefusal("dispensing.document-id-taken") { try await prepare(clinic, id, by: preparer, as: prepared.id) }
            await expectRefusal("identity.role-missing") { try await prepare(clinic, id, by: clinic.prescriber) }
            await expectRefusal("identity.other-facility") { try await prepare(clinic, id, by: clinic.pharmacist) }
            await expectRefusal("dispensing.trace-code-invalid") {
                try await prepare(clinic, id, by: preparer, scans: [TraceScan(code: "12")])
            }
            await expectRefusal("dispensing.wrong-state") {
                try await prepare(clinic, try await clinic.issue(), by: preparer)
            }
            // Short stock is prepared without a proposal: nothing is reserved, and more may come before it is handed out.
            #expect(try await prepare(clinic, other, by: preparer).proposed.isEmpty == false)
        }
    }

    @Test("narcotics are handed out by two people everywhere, also where there is a single pharmacist")
    func narcotics() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(3, 20)
            let officer = clinic.consortium.officer
            try await clinic.write { transaction in
                try DeclareSinglePharmacistSite(facility: clinic.consortium.townships[0], hasSinglePharmacist: true)
                    .run(in: transaction, by: officer, at: .ofTests)
            }
            let line = try clinic.line(3, quantity: 6, dose: 1, frequency: "bid", days: 3)
            let id = try await clinic.issueApproved([line], kind: .narcotic)
            await expectRefusal("dispensing.second-person-required") { try await clinic.dispense(id, selfChecked: true) }
            let preparer = try await person(clinic, "preparer", [.pharmacist])
            let prepared = try await prepare(clinic, id, by: preparer)
            #expect(try await clinic.dispense(id, preparation: prepared.id).preparer == preparer.person)
        }
    }

    @Test("a facility says whether two people hand out everything there")
    func declared() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            await expectRefusal("identity.role-missing") {
                try await declare(clinic, twoPersons: true, by: clinic.pharmacist)
            }
            try await clinic.stock(0, 84)
            try await declare(clinic, twoPersons: true)
            let id = try await clinic.issueApproved()
            await expectRefusal("dispensing.second-person-required") { try await clinic.dispense(id) }
            try await declare(clinic, twoPersons: false)
            try await clinic.dispense(id)
        }
    }

    struct Case: Sendable {
        let controls: Set<SpecialControl>
        var siteHasTwo = false
        var isAloneAndChecked = false
        /// 1 is the checker, 2 another person, `nil` nobody.
        let preparer: Int64?
        var checkerIsPharmacist = false
        let code: String?
    }

    @Test(
        "two people, by medicine and site",
        arguments: [
            Case(controls: [.none], preparer: nil, code: nil),
            Case(controls: [.none], preparer: 2, code: nil),
            Case(controls: [.none], preparer: 1, code: "dispensing.second-person-required"),
            Case(controls: [.none], siteHasTwo: true, preparer: nil, code: "dispensing.second-person-required"),
            Case(controls: [.none], siteHasTwo: true, preparer: 2, code: nil),
            Case(controls: [.none], siteHasTwo: true, isAloneAndChecked: true, preparer: nil, code: nil),
            Case(controls: [.psychotropicII, .precursor], preparer: nil, code: nil),
            Case(controls: [.none, .narcotic], preparer: nil, code: "dispensing.second-person-required"),
            Case(controls: [.narcotic], isAloneAndChecked: true, preparer: nil, code: "dispensing.second-person-required"),
            Case(controls: [.narcotic], preparer: 1, code: "dispensing.second-person-required"),
            Case(controls: [.narcotic], preparer: 2, code: nil),
            Case(controls: [.psychotropicI], preparer: nil, code: "dispensing.second-person-required"),
            Case(controls: [.psychotropicI], preparer: 2, code: nil),
            Case(controls: [.toxic], preparer: nil, checkerIsPharmacist: true, code: "dispensing.second-person-required"),
            Case(controls: [.toxic], preparer: 2, code: "dispensing.checker-not-pharmacist"),
            Case(controls: [.toxic], preparer: 2, checkerIsPharmacist: true, code: nil),
        ])
    func rule(example: Case) {
        let rules = SecondPersonRules(
            controls: example.controls, siteHasTwo: example.siteHasTwo, isSinglePharmacistSite: example.isAloneAndChecked,
            selfChecked: example.isAloneAndChecked)
        do {
            try rules.check(
                preparer: example.preparer.map { PersonID($0) }, checker: PersonID(1),
                checkerIsPharmacist: example.checkerIsPharmacist)
            #expect(example.code == nil)
        } catch {
            #expect(error.code.rawValue == example.code)
        }
    }
}
