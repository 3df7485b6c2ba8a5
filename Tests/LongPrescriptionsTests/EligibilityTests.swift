import Dispensing
import MedicationRules
import Parties
import Primitives
import Testing

@testable import Formulary
@testable import LongPrescriptions

@Suite("Who may have a long prescription")
struct EligibilityTests {
    static let today = CalendarDate(day: 20_000)

    static func product(control: SpecialControl = .none, long: Bool = true, storage: StorageCondition = .room, drugClass: String = "")
        -> Product
    {
        Product(
            id: ProductID(1), code: "T1", kind: .western, genericName: "苯磺酸氨氯地平片", englishName: "", dosageForm: "tablet",
            strength: "5mg", baseUnit: "tablet", drugClass: drugClass, reimbursement: .classA, essential: true, volumeBased: false,
            longPrescription: long, specialControl: control, storage: storage, lightProtected: false, diseaseGroups: [])
    }

    static func facts(
        days: Int = 28, code: String = "I10.x00", records: [LongRecord] = LongRecord.allCases, product: Product = product(),
        kind: PrescriptionKind = .long
    ) throws -> EligibilityFacts {
        EligibilityFacts(
            kind: kind,
            content: PrescriptionContent(
                diagnosisCode: code, diagnosis: "高血压", longRecords: records,
                lines: [try InstalmentPlanTests.line(Int64(days), days: days)]),
            products: [product.id: product], isFirst: true,
            qualification: PrescriberQualification(title: .attending, specialties: [.cardiology]), level: .county,
            mayBegin: false, assessment: Assessment(on: today, findings: "平稳"))
    }

    static func refusal(_ facts: EligibilityFacts) -> String? {
        do {
            try EligibilityRules(catalogue: .national).check(facts, today: today)
            return nil
        } catch {
            return error.code.rawValue
        }
    }

    @Test(
        "a coded chronic diagnosis of the catalogue",
        arguments: [
            ("I10.x00", nil), ("I10", nil), ("i11.900", nil), ("E11.9", nil), ("J18.9", "long-prescriptions.diagnosis-not-chronic"),
            ("", "long-prescriptions.diagnosis-not-chronic"), ("高血压", "long-prescriptions.diagnosis-not-chronic"),
        ] as [(String, String?)])
    func diagnosis(code: String, refusal: String?) throws {
        var facts = try Self.facts(code: code)
        facts.isFirst = false
        #expect(Self.refusal(facts) == refusal)
    }

    @Test("each of the five signs, and each of the four records above four weeks", arguments: LongRecord.allCases)
    func records(missing: LongRecord) throws {
        let records = LongRecord.allCases.filter { $0 != missing }
        let isOfExtension = LongRecord.ofExtension.contains(missing)
        let refusal = "long-prescriptions.records-missing"
        #expect(Self.refusal(try Self.facts(days: 28, records: records)) == (isOfExtension ? nil : refusal))
        #expect(Self.refusal(try Self.facts(days: 29, records: records)) == refusal)
    }

    @Test("four weeks, or twelve with every record, never more", arguments: [(28, false), (84, false), (85, true)])
    func course(days: Int, isRefused: Bool) throws {
        #expect(Self.refusal(try Self.facts(days: days)) == (isRefused ? "long-prescriptions.course-too-long" : nil))
    }

    @Test("whole packs may outlast the course by as many days as the tolerance says", arguments: [(0, true), (1, true), (2, false)])
    func packRounding(tolerance: Int, isRefused: Bool) throws {
        var facts = try Self.facts(days: 28, records: Array(LongRecord.eligibility))
        // Thirty tablets in a pack for 28 days.
        facts.content = PrescriptionContent(
            diagnosisCode: "I10", diagnosis: "高血压", longRecords: Array(LongRecord.eligibility),
            lines: [try InstalmentPlanTests.line(30, days: 28)])
        var limits = PrescriptionLimits.national
        limits.packRoundingDays = tolerance
        let rules = EligibilityRules(catalogue: .national, limits: limits)
        let refused = (try? rules.check(facts, today: Self.today)) == nil
        #expect(refused == isRefused)
    }

    @Test("no medicine that the norm excludes")
    func products() throws {
        let excluded = "long-prescriptions.product-excluded"
        let cases: [(Product, String, String?)] = [
            (Self.product(), "I10", nil), (Self.product(long: false), "I10", excluded),
            (Self.product(control: .psychotropicII), "I10", excluded), (Self.product(control: .precursor), "I10", excluded),
            (Self.product(storage: .cool), "I10", nil), (Self.product(storage: .cold), "I10", excluded),
            (Self.product(storage: .frozen), "I10", excluded), (Self.product(drugClass: "XJ01CA"), "I10", excluded),
            (Self.product(drugClass: "XJ04AC"), "I10", excluded), (Self.product(drugClass: "XJ04AC"), "A15.0", nil),
            (Self.product(drugClass: "XC08CA"), "I10", nil),
        ]
        for (product, code, refusal) in cases {
            var facts = try Self.facts(code: code, product: product)
            facts.isFirst = false
            #expect(Self.refusal(facts) == refusal, "\(product.drugClass) \(product.storage) \(code)")
        }
        var unknown = try Self.facts()
        unknown.products = [:]
        #expect(Self.refusal(unknown) == excluded)
    }

    @Test("it is a long prescription")
    func kind() throws {
        #expect(Self.refusal(try Self.facts(kind: .ordinary)) == "long-prescriptions.not-long")
    }

    @Test(
        "a first one: by level, ability, title and specialty",
        arguments: [
            (FacilityLevel.county, false, PhysicianTitle?.some(.attending), [Specialty.cardiology], nil),
            (.city, false, .chief, [.internalMedicine], nil), (.county, false, .associateChief, [.generalPractice], nil),
            (.county, false, .resident, [.cardiology], "long-prescriptions.prescriber-not-qualified"),
            (.county, false, nil, [], "long-prescriptions.prescriber-not-qualified"),
            (.county, false, .chief, [.dermatology], "long-prescriptions.prescriber-not-qualified"),
            (.township, false, .chief, [.cardiology], "long-prescriptions.facility-not-able"),
            (.township, true, .attending, [.dermatology], nil), (.village, true, .attending, [.generalPractice], nil),
            (.township, true, .resident, [.generalPractice], "long-prescriptions.prescriber-not-qualified"),
        ] as [(FacilityLevel, Bool, PhysicianTitle?, [Specialty], String?)])
    func first(level: FacilityLevel, mayBegin: Bool, title: PhysicianTitle?, specialties: [Specialty], refusal: String?) throws {
        var facts = try Self.facts()
        facts.level = level
        facts.mayBegin = mayBegin
        facts.qualification = title.map { PrescriberQualification(title: $0, specialties: specialties) }
        #expect(Self.refusal(facts) == refusal)
        facts.isFirst = false
        #expect(Self.refusal(facts) == nil, "one that goes on may be written by any prescriber")
    }

    @Test("an assessment in words, not older than two weeks", arguments: [(0, false), (14, false), (15, true), (-1, true)])
    func assessment(age: Int, isRefused: Bool) throws {
        var facts = try Self.facts()
        facts.assessment = Assessment(on: Self.today.adding(days: -age), findings: "平稳")
        #expect(Self.refusal(facts) == (isRefused ? "long-prescriptions.assessment-invalid" : nil))
        facts.assessment = Assessment(on: Self.today, findings: " ")
        #expect(Self.refusal(facts) == "long-prescriptions.assessment-invalid")
    }

    @Test(
        "consent on the day of the prescription or later, by the patient or a named proxy",
        arguments: [
            (ConsentGiver.patient, 0, 0, nil), (.patient, -2, 0, nil), (.patient, -3, 0, "long-prescriptions.consent-invalid"),
            (.patient, 1, 0, "long-prescriptions.consent-invalid"), (.proxy, 0, 0, "long-prescriptions.consent-invalid"),
            (.proxy, 0, 1, nil),
        ] as [(ConsentGiver, Int, Int, String?)])
    func consent(by: ConsentGiver, day: Int, proxies: Int, refusal: String?) {
        let consent = Consent(by: by, manner: .signature, givenOn: Self.today.adding(days: day))
        var found: String?
        do {
            try consent.check(writtenOn: Self.today.adding(days: -2), today: Self.today, proxies: proxies)
        } catch {
            found = error.code.rawValue
        }
        #expect(found == refusal)
    }
}
