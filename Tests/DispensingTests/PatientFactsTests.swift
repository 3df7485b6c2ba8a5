import Dispensing
import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing

@Suite("What is known of a patient")
struct PatientFactsTests {
    private func facts(_ clinic: Clinic, on day: CalendarDate = Clinic.today) async throws -> PatientFacts {
        let (patient, consortium) = (clinic.patient, clinic.consortium.id)
        return try await clinic.write { try PatientStore($0).facts(of: patient, of: consortium, on: day) }
    }

    @Test("the last weight measured by the day counts")
    func weight() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            func record(_ grams: Int64, _ days: Int, at now: Instant = .ofTests) async throws {
                let weight = PatientWeight(grams: grams, measuredOn: Clinic.today.adding(days: days))
                try await clinic.write {
                    _ = try RecordWeight(patient: clinic.patient, weight: weight).run(in: $0, by: clinic.pharmacist, at: now)
                }
            }
            #expect(try await facts(clinic).weight == nil)
            try await record(60_500, -10)
            try await record(70_000, -3)
            try await record(61_000, -3, at: .ofTests.adding(.seconds(1)))
            #expect(try await facts(clinic).weight?.grams == 61_000)
            #expect(try await facts(clinic, on: Clinic.today.adding(days: -4)).weight?.grams == 60_500)
            #expect(try await facts(clinic).age.years == 36)
            for (grams, days) in [(199, 0), (500_001, 0), (60_000, 1), (60_000, -20_000)] as [(Int64, Int)] {
                await expectRefusal("dispensing.patient-details-invalid") { try await record(grams, days) }
            }
        }
    }

    @Test("an allergy stays until it is withdrawn with a reason")
    func allergies() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = AllergyID(UUID())
            func record(_ name: String) async throws -> PatientFacts {
                try await clinic.write {
                    try RecordAllergy(
                        allergy: id, patient: clinic.patient, code: "penicillins", name: name, severity: .severe, reaction: "休克"
                    ).run(in: $0, by: clinic.prescriber, at: .ofTests)
                }
            }
            func withdraw(_ reason: String) async throws -> PatientFacts {
                try await clinic.write {
                    try WithdrawAllergy(patient: clinic.patient, allergy: id, reason: reason)
                        .run(in: $0, by: clinic.pharmacist, at: .ofTests)
                }
            }
            await expectRefusal("dispensing.patient-details-invalid") { try await record(" ") }
            #expect(try await record("青霉素").allergies.map(\.name) == ["青霉素"])
            await expectRefusal("dispensing.document-id-taken") { try await record("青霉素") }
            await expectRefusal("dispensing.reason-required") { try await withdraw("") }
            #expect(try await withdraw("皮试阴性，误记").allergies.isEmpty)
            await expectRefusal("dispensing.allergy-unknown") { try await withdraw("误记") }
        }
    }

    @Test("one family doctor looks after a patient at a time; the next contract ends the one before")
    func familyDoctor() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            func sign(_ doctor: Principal, _ from: Int, _ through: Int, at place: FacilityID? = nil) async throws {
                let facility = place ?? clinic.consortium.hospital
                try await clinic.write {
                    _ = try SignFamilyDoctor(
                        contract: FamilyDoctorContractID(UUID()), patient: clinic.patient, facility: facility,
                        doctor: doctor.person, validFrom: Clinic.today.adding(days: from),
                        validThrough: Clinic.today.adding(days: through)
                    ).run(in: $0, by: clinic.prescriber, at: .ofTests)
                }
            }
            try await sign(clinic.prescriber, -100, 264)
            try await sign(clinic.otherPrescriber, 10, 374)
            #expect(try await facts(clinic).familyDoctor?.doctor == clinic.prescriber.person)
            #expect(try await facts(clinic).familyDoctor?.validThrough == Clinic.today.adding(days: 9))
            #expect(try await facts(clinic, on: Clinic.today.adding(days: 10)).familyDoctor?.doctor == clinic.otherPrescriber.person)
            #expect(try await facts(clinic, on: Clinic.today.adding(days: 375)).familyDoctor == nil)
            await expectRefusal("dispensing.patient-details-invalid") { try await sign(clinic.pharmacist, 0, 10) }
            await expectRefusal("dispensing.patient-details-invalid") {
                try await sign(clinic.prescriber, 0, 10, at: clinic.consortium.townships[0])
            }
            await expectRefusal("dispensing.patient-details-invalid") { try await sign(clinic.prescriber, 0, -1) }
        }
    }

    @Test("what is prescribed comes back as it was written, with routes, further diagnoses, department and visit")
    func contentIsKept() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            var encounter = Encounter()
            encounter.visitID = "M-1"
            encounter.pregnancyWeeks = 12
            encounter.visitedAt = .ofTests
            encounter.extraAttribute = .dualChannel
            let plain = try clinic.line()
            let line = PrescriptionLine(
                product: plain.product, quantity: plain.quantity, doseText: "2粒", dose: plain.dose,
                route: AdministrationRoute(code: "po"), frequency: plain.frequency, days: plain.days, note: "饭后",
                insurance: LineInsurance(isApprovedByHospital: true, selfPayReason: "患者要求"))
            let content = PrescriptionContent(
                diagnosisCode: "J18.9", diagnosis: "肺炎", otherDiagnoses: [Diagnosis(code: "I10.x00", name: "高血压")],
                department: Department(code: "0301", name: "呼吸内科"), encounter: encounter, lines: [line])
            let id = PrescriptionID(UUID())
            let written = try await clinic.write {
                try IssuePrescription(prescription: id, patient: clinic.patient, kind: .ordinary, content: content)
                    .run(in: $0, by: clinic.prescriber, at: .ofTests)
            }
            #expect(written.content == content)
            #expect(try await clinic.read { try $0.prescription(id) } == written)
        }
    }
}
