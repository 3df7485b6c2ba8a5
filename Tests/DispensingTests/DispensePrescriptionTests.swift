import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Handing out a prescription")
struct DispensePrescriptionTests {
    @Test("takes the batches that expire first, from any store of the consortium, and records who and what")
    func firstExpired() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 30, batch: "LATE", expiresIn: 300)
            try await clinic.stock(0, 30, batch: "SOON", expiresIn: 20)
            try await clinic.stock(0, 30, batch: "GONE", expiresIn: 1)
            let id = try await clinic.issueApproved(validityDays: 3)
            let record = try await clinic.dispense(id, at: .ofTests.later(days: 1))
            #expect(record.lines.map(\.pick.batchNumber) == ["SOON", "LATE"])
            #expect(record.lines.map(\.pick.quantity) == [30, 12])
            #expect(record.lines.map(\.prescriptionLine) == [1, 1])
            #expect(record.number == "FY-2026-000001")
            #expect(record.retainThrough == Clinic.today.adding(days: 1 + 366))
            #expect(try await clinic.read { try $0.dispensing(record.id) } == record)
            let after = try await clinic.read { try $0.prescription(id) }
            #expect(after.state == .dispensed && after.dispensings == [record.id])
            await expectRefusal("dispensing.already-dispensed") { try await clinic.dispense(id, at: .ofTests.later(days: 1)) }
            await expectRefusal("dispensing.dispensing-unknown") {
                _ = try await clinic.read { try $0.dispensing(DispensingID(UUID())) }
            }
        }
    }

    @Test("hands out every line or nothing, and names each product that is short with its quantities")
    func short() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 42)
            try await clinic.stock(1, 3)
            let id = try await clinic.issueApproved([
                try clinic.line(), try clinic.line(1, quantity: 7, dose: 1, frequency: "qd"),
            ])
            do {
                try await clinic.dispense(id)
                Issue.record("stock was short")
            } catch let refusal as DispensingRefusal {
                #expect(refusal.code.rawValue == "dispensing.stock-short")
                #expect(refusal.detail == "苯磺酸氨氯地平片 5mg: 7 asked, 3 there")
            }
            #expect(try await clinic.available(0) == 42)
            #expect(try await clinic.read { try $0.prescription(id).state } == .approved)
            try await clinic.stock(1, 4, batch: "B2")
            try await clinic.dispense(id)
            #expect(try await clinic.available(0) == 0)
        }
    }

    @Test("is for dispensers of the store's facility, with every check made, while the prescription is valid")
    func refusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 100)
            let issued = try await clinic.issue()
            await expectRefusal("dispensing.wrong-state") { try await clinic.dispense(issued) }
            let id = try await clinic.issueApproved()
            await expectRefusal("identity.role-missing") { try await clinic.dispense(id, by: clinic.pharmacist) }
            await expectRefusal("identity.other-facility") {
                try await clinic.dispense(id, by: clinic.consortium.storekeepers[1])
            }
            await expectRefusal("parties.store-unknown") { try await clinic.dispense(id, from: StoreID(999_999)) }
            await expectRefusal("dispensing.validity-passed") { try await clinic.dispense(id, at: .ofTests.later(days: 1)) }
            await expectRefusal("dispensing.checks-incomplete") {
                try await clinic.dispense(id, checks: [.prescription, .drug, .rationalUse])
            }
            let record = try await clinic.dispense(id)
            let next = try await clinic.issueApproved()
            await expectRefusal("dispensing.document-id-taken") { try await clinic.dispense(next, as: record.id) }
            #expect(try await clinic.available(0) == 58)
        }
    }

    @Test("is for another than the reviewer, unless the site has a single pharmacist who records a self-check")
    func separation() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let (hospital, central, officer) = (
                clinic.consortium.hospital, clinic.consortium.centralStore, clinic.consortium.officer
            )
            try await clinic.stock(0, 42, in: central)
            let id = try await clinic.issue()
            try await clinic.review(id, by: officer)
            await expectRefusal("dispensing.reviewer-dispenses") {
                try await clinic.dispense(id, from: central, by: officer, selfChecked: true)
            }
            let declaration = DeclareSinglePharmacistSite(facility: hospital, hasSinglePharmacist: true)
            await expectRefusal("identity.role-missing") {
                try await clinic.write { try declaration.run(in: $0, by: clinic.pharmacist, at: .ofTests) }
            }
            try await clinic.write { try declaration.run(in: $0, by: officer, at: .ofTests) }
            await expectRefusal("dispensing.reviewer-dispenses") { try await clinic.dispense(id, from: central, by: officer) }
            let record = try await clinic.dispense(id, from: central, by: officer, selfChecked: true)
            #expect(record.selfChecked)
        }
    }

    @Test("never gives a long prescription a batch that expires before its course ends", arguments: [(27, true), (28, false)])
    func course(expiresIn: Int, isRefused: Bool) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(1, 28, expiresIn: expiresIn)
            let line = try clinic.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)
            let id = try await clinic.issueApproved([line], kind: .long, records: LongPrescriptionTests.eligible)
            if isRefused {
                await expectRefusal("dispensing.expires-within-course") { try await clinic.dispense(id) }
                #expect(try await clinic.available(1) == 28)
            } else {
                try await clinic.dispense(id)
            }
        }
    }

    @Test("passes over a batch that expires within a long course when another lasts")
    func passesOver() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(1, 28, expiresIn: 27)
            try await clinic.stock(1, 28, expiresIn: 200)
            let line = try clinic.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)
            let id = try await clinic.issueApproved([line], kind: .long, records: LongPrescriptionTests.eligible)
            let record = try await clinic.dispense(id)
            #expect(record.lines.map(\.pick.expiresOn) == [Instant.ofTests.businessDay.adding(days: 200)])
        }
    }

    @Test("keeps narcotic prescriptions three years, psychotropic II and toxic two, others one")
    func retention() {
        let years = Dictionary(uniqueKeysWithValues: PrescriptionKind.allCases.map { ($0, $0.yearsKept) })
        #expect(years == [.ordinary: 1, .emergency: 1, .long: 1, .herbal: 1, .psychotropicII: 2, .toxic: 2, .narcotic: 3])
    }

    @Test("belongs to one consortium: another neither sees nor dispenses it")
    func tenants() async throws {
        try await withTestDatabase { database in
            let first = try await Clinic.make(in: database)
            let second = try await Clinic.make(in: database, code: "other")
            try await second.stock(0, 100)
            let id = try await first.issueApproved()
            await expectRefusal("dispensing.prescription-unknown") { try await second.dispense(id) }
        }
    }
}
