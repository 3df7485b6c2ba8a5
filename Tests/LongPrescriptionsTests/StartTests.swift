import Dispensing
import Foundation
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import LongPrescriptions

@Suite("A plan begins")
struct StartTests {
    @Test("with consent, proxies and instalments, and stock for the first one is set aside")
    func begins() async throws {
        try await withWard { ward in
            try await ward.stock(1, 100)
            let prescription = try await ward.issueApproved()
            let proxy = ProxyDetails(name: "李四", relation: "女儿", residentNumber: Ward.proxyNumber)
            let plan = try await ward.start(prescription, proxies: [proxy])
            #expect(plan.state == .active && plan.isFirst && plan.startsOn == ward.today)
            #expect(plan.endsOn == ward.today.adding(days: 83))
            #expect(plan.instalments.map { $0.dueOn.days(since: ward.today) } == [0, 28, 56])
            #expect(plan.instalments.flatMap(\.lines).map(\.quantity) == [28, 28, 28])
            #expect(plan.proxies.map(\.residentMasked) == ["110**************4"])
            #expect(try await ward.held(1) == [.available: 72, .reserved: 28])
            #expect(try await ward.read { try $0.plan(of: prescription) } == plan)
            #expect(try await ward.history(plan).map(\.kind) == [.start])
            await expectRefusal("long-prescriptions.plan-exists") { try await ward.start(prescription) }
            await expectRefusal("dispensing.instalments-decide") {
                try await ward.write { transaction in
                    _ = try DispensePrescription(
                        dispensing: DispensingID(UUID()), prescription: prescription, store: ward.store,
                        checks: DispensingCheck.allCases
                    ).run(in: transaction, by: ward.consortium.storekeepers[0], at: ward.now)
                }
            }
        }
    }

    @Test("only where the rules allow it")
    func refuses() async throws {
        try await withWard { ward in
            let written = try await ward.issue()
            await expectRefusal("identity.role-missing") { try await ward.start(written, by: ward.consortium.storekeepers[0]) }
            await expectRefusal("long-prescriptions.other-prescriber") { try await ward.start(written, by: ward.township) }
            await expectRefusal("parties.store-unknown") { try await ward.start(written, at: StoreID(999)) }
            await expectRefusal("long-prescriptions.pharmacy-invalid") {
                try await ward.start(written, at: ward.consortium.centralStore)
            }
            for days in [6, 29] {
                await expectRefusal("long-prescriptions.instalment-days-out-of-range") { try await ward.start(written, days: days) }
            }
            await expectRefusal("long-prescriptions.words-missing") { try await ward.start(written) { $0.followUpPlan = "  " } }
            await expectRefusal("long-prescriptions.consent-invalid") {
                try await ward.start(written) {
                    $0.consent = Consent(by: .patient, manner: .electronic, givenOn: ward.today.adding(days: 1))
                }
            }
            await expectRefusal("long-prescriptions.assessment-invalid") {
                try await ward.start(written) { $0.assessment = Assessment(on: ward.today, findings: "") }
            }
            for proxy in [
                ProxyDetails(name: "", relation: "女儿", residentNumber: Ward.proxyNumber),
                ProxyDetails(name: "李四", relation: "", residentNumber: Ward.proxyNumber),
                ProxyDetails(name: "李四", relation: "女儿", residentNumber: "110101199003070135"),
            ] {
                await expectRefusal("long-prescriptions.proxy-invalid") { try await ward.start(written, proxies: [proxy]) }
            }
            let ordinary = try await ward.issue([ward.line(days: 7)], kind: .ordinary)
            await expectRefusal("long-prescriptions.not-long") { try await ward.start(ordinary) }
            await expectRefusal("dispensing.prescription-unknown") { try await ward.start(PrescriptionID(UUID())) }
            await expectRefusal("long-prescriptions.plan-unknown") { try await ward.read { try $0.plan(of: written) } }
            await expectRefusal("long-prescriptions.plan-unknown") { try await ward.read { try $0.plan(LongPlanID(UUID())) } }
            try await ward.qualify(ward.physician, .resident, [.cardiology])
            await expectRefusal("long-prescriptions.prescriber-not-qualified") { try await ward.start(written) }
            try await ward.write { transaction in
                _ = try CancelPrescription(prescription: written, reason: "误开")
                    .run(in: transaction, by: ward.physician, at: ward.now)
            }
            await expectRefusal("long-prescriptions.prescription-not-open") { try await ward.start(written) }
        }
    }

    @Test("at a township only when it was declared able, and only by a declared physician")
    func township() async throws {
        try await withWard { ward in
            let written = try await ward.issue(by: ward.township)
            await expectRefusal("long-prescriptions.facility-not-able") { try await ward.start(written, by: ward.township) }
            let facility = ward.consortium.townships[0]
            try await ward.write { transaction in
                try DeclareAbility(facility: facility, mayBegin: true)
                    .run(in: transaction, by: ward.consortium.officer, at: ward.now)
            }
            await expectRefusal("long-prescriptions.prescriber-not-qualified") { try await ward.start(written, by: ward.township) }
            try await ward.qualify(ward.township, .attending, [.generalPractice])
            #expect(try await ward.start(written, by: ward.pharmacist).state == .active)
            await expectRefusal("long-prescriptions.qualification-invalid") { try await ward.qualify(ward.township, .chief, []) }
            await expectRefusal("long-prescriptions.qualification-invalid") {
                try await ward.qualify(ward.pharmacist, .chief, [.cardiology])
            }
            await expectRefusal("identity.role-missing") {
                try await ward.write { transaction in
                    try DeclareAbility(facility: facility, mayBegin: true).run(in: transaction, by: ward.physician, at: ward.now)
                }
            }
        }
    }

    @Test("anew when the prescription was changed")
    func superseded() async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            let written = try await ward.issue()
            let first = try await ward.start(written)
            #expect(try await ward.held(1) == [.available: 200], "nothing is set aside before it is approved")
            try await ward.review(written, .sendBack(reason: "疗程过长"))
            try await ward.write { transaction in
                let content = PrescriptionContent(
                    diagnosisCode: "I10.x00", diagnosis: "高血压", validityDays: 3, longRecords: LongRecord.allCases,
                    lines: [try ward.line(days: 56)])
                _ = try AmendPrescription(prescription: written, content: content)
                    .run(in: transaction, by: ward.physician, at: ward.now)
            }
            try await ward.review(written)
            await expectRefusal("long-prescriptions.plan-outdated") { try await ward.collect(first, 1) }
            let second = try await ward.start(written)
            #expect(second.instalments.count == 2 && second.version == 2)
            #expect(try await ward.current(first).state == .superseded)
            #expect(try await ward.read { try $0.plan(of: written) }.id == second.id)
            #expect(try await ward.held(1) == [.available: 172, .reserved: 28])
        }
    }

    @Test("when the supply of an earlier one ends, and goes on without a first-issue physician")
    func continues() async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            var first = try await ward.planned(days: 28)
            first = try await ward.collect(first, 1)
            #expect(first.state == .completed && first.supplyThrough == ward.today.adding(days: 27))
            let later = ward.later(days: 21)
            try await later.qualify(ward.physician, .resident, [.cardiology])
            let plan = try await later.planned(days: 28)
            #expect(!plan.isFirst && plan.startsOn == ward.today.adding(days: 28))
            #expect(plan.instalments.map(\.dueOn) == [ward.today.adding(days: 28)])
            #expect(try await later.collect(plan, 1).supplyThrough == ward.today.adding(days: 55))
            await expectRefusal("long-prescriptions.document-id-taken") {
                let another = try await later.later(days: 27).issueApproved([ward.line(days: 28)])
                try await later.later(days: 27).start(another) { $0.plan = plan.id }
            }
        }
    }

    @Test("not while another ingredient lasts longer than the window", arguments: [(28, 6), (28, 7), (14, 7)])
    func unequal(instalmentDays: Int, ahead: Int) async throws {
        try await withWard { ward in
            try await ward.stock(0, 100)
            // Amoxicillin for some days, of which nothing is used yet.
            let other = try await ward.issueApproved([ward.line(0, days: ahead)], kind: .ordinary)
            try await ward.write { transaction in
                _ = try DispensePrescription(
                    dispensing: DispensingID(UUID()), prescription: other, store: ward.store, checks: DispensingCheck.allCases
                ).run(in: transaction, by: ward.consortium.storekeepers[0], at: ward.now)
            }
            let both = try await ward.issueApproved([ward.line(0, days: 28), ward.line(1, days: 28)])
            if ahead <= 7 {
                #expect(try await ward.start(both, days: instalmentDays).startsOn == ward.today)
            } else {
                await expectRefusal("long-prescriptions.supply-ahead") { try await ward.start(both, days: instalmentDays) }
            }
        }
    }
}
