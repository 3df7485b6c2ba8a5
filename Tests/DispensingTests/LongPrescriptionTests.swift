import Dispensing
import Primitives
import Testing

@testable import Formulary

@Suite("Long prescriptions")
struct LongPrescriptionTests {
    typealias Rules = PrescriptionRulesTests
    static let eligible: [LongRecord] = [
        .clearDiagnosis, .stablePlan, .goodAdherence, .controlledCondition, .needsLongMedication,
    ]
    static let amlodipine = Rules.product(1, "苯磺酸氨氯地平片", long: true)

    static func refusal(days: Int, records: [LongRecord], covered: [(String, CoveredDays)] = []) throws -> String? {
        let line = try Rules.line(quantity: BaseUnits(Int64(days)), days: days)
        return Rules.refusal([line], of: [amlodipine], kind: .long, reason: "病情稳定", records: records, covered: covered)
    }

    @Test(
        "last four weeks, and twelve with every record of the extension, never more",
        arguments: [(28, false, false), (29, false, true), (29, true, false), (84, true, false), (85, true, true)])
    func duration(days: Int, isAssessed: Bool, isRefused: Bool) throws {
        let records = isAssessed ? LongRecord.allCases : Self.eligible
        #expect(try Self.refusal(days: days, records: records) == (isRefused ? "dispensing.supply-too-long" : nil))
    }

    @Test("need each of the five signs that the patient is eligible", arguments: eligible)
    func eligibility(missing: LongRecord) throws {
        let records = LongRecord.allCases.filter { $0 != missing }
        #expect(try Self.refusal(days: 28, records: records) == "dispensing.long-records-missing")
    }

    @Test(
        "need each of the four records above four weeks",
        arguments: [LongRecord.strictAssessment, .patientEducation, .chartEntry, .patientConfirmation])
    func extensionRecords(missing: LongRecord) throws {
        let records = LongRecord.allCases.filter { $0 != missing }
        #expect(try Self.refusal(days: 29, records: records) == "dispensing.supply-too-long")
        #expect(try Self.refusal(days: 28, records: records) == nil)
    }

    @Test(
        "are added to what an earlier one of the same ingredient still covers, but for the days of renewal",
        arguments: [
            // day the earlier one began, its days, days of the new one, refused
            (0, 28, 28, true), (-21, 28, 28, false), (-20, 28, 28, true), (-28, 28, 28, false), (-400, 84, 28, false),
            (0, 28, 7, false),
        ])
    func overlap(began: Int, covers: Int, days: Int, isRefused: Bool) throws {
        let earlier = CoveredDays(product: ProductID(7), from: Rules.today.adding(days: began), days: covers)
        let same = try Self.refusal(days: days, records: Self.eligible, covered: [("苯磺酸氨氯地平片", earlier)])
        #expect(same == (isRefused ? "dispensing.supply-too-long" : nil))
        #expect(try Self.refusal(days: days, records: Self.eligible, covered: [("二甲双胍片", earlier)]) == nil)
    }
}
