import Dispensing
import Formulary
import MedicationRules
import Primitives
import Testing

@Suite("What a prescription says")
struct ContentRulesTests {
    typealias Rules = PrescriptionRulesTests

    static func refusal(
        _ content: PrescriptionContent, kind: PrescriptionKind = .ordinary, of products: [Product] = [Rules.product(1)],
        packs: [BaseUnits]? = nil
    ) -> String? {
        var limits = PrescriptionLimits.national
        limits.roundsUpToPacks = packs != nil
        let prescription = PrescriptionRules.Case(
            content, kind: kind, products: Dictionary(uniqueKeysWithValues: products.map { ($0.id, $0) }),
            packSizes: [ProductID(1): packs ?? []], today: Rules.today)
        do {
            try PrescriptionRules(limits: limits).check(prescription)
            return nil
        } catch let refusal as any Refusal {
            return refusal.refusalCode.rawValue
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "codes of diagnoses have the form of ICD-10",
        arguments: [
            ("J18", true), ("J18.9", true), ("J18.900", true), ("I10.x00", true), ("I10.x00x002", true), ("I10.X00X002", true),
            ("G63.2*", true), ("E11.4†", true), ("E11.400+", true), ("M80.0500", true), ("", true),
            ("j18.9", false), ("J1", false), ("J18.", false), ("18.9", false), ("J18.9.1", false), ("J18.90000", false),
            ("肺炎", false), ("J18.9 ", true), ("BNP050", false),
        ])
    func codes(code: String, isRead: Bool) throws {
        let content = PrescriptionContent(diagnosisCode: code, diagnosis: "肺炎", lines: [try Rules.line()])
        #expect(Self.refusal(content) == (isRead ? nil : "dispensing.diagnosis-code-invalid"))
        let other = PrescriptionContent(
            diagnosis: "肺炎", otherDiagnoses: [Diagnosis(code: code, name: "其他")], lines: [try Rules.line()])
        #expect(Self.refusal(other) == (isRead ? nil : "dispensing.diagnosis-code-invalid"))
    }

    @Test("a further diagnosis has a name, and there are at most twenty")
    func otherDiagnoses() throws {
        let line = try Rules.line()
        func refusal(_ others: [Diagnosis]) -> String? {
            Self.refusal(PrescriptionContent(diagnosis: "高血压", otherDiagnoses: others, lines: [line]))
        }
        #expect(refusal([Diagnosis(code: "E11.9", name: " ")]) == "dispensing.diagnosis-missing")
        #expect(refusal(Array(repeating: Diagnosis(name: "其他"), count: 20)) == nil)
        #expect(refusal(Array(repeating: Diagnosis(name: "其他"), count: 21)) == "dispensing.diagnosis-missing")
        let content = PrescriptionContent(
            diagnosisCode: "I10", diagnosis: "高血压", otherDiagnoses: [Diagnosis(code: "E11.9", name: "糖尿病")], lines: [line])
        #expect(content.diagnoses.map(\.code) == ["I10", "E11.9"])
    }

    @Test(
        "the quantity is what dose, frequency and days come to",
        arguments: [
            // frequency, dose in thousandths, days, form, the quantities that are right, one less and one more are not
            ("tid", 2_000, 7, "tablet", 42...42), ("bid", 500, 7, "tablet", 7...7), ("qd", 500, 7, "tablet", 4...4),
            ("qod", 1_000, 7, "tablet", 4...4), ("qw", 1_000, 7, "tablet", 1...1), ("q8h", 1_000, 2, "tablet", 6...6),
            ("biw", 1_000, 3, "tablet", 1...1), ("bid", 500, 3, "injection", 3...6), ("qd", 1_000, 3, "injection", 3...3),
            ("bid", 300, 3, "tablet", 2...2),
        ] as [(String, Int64, Int, String, ClosedRange<Int64>)])
    func quantities(frequency: String, dose: Int64, days: Int, form: String, right: ClosedRange<Int64>) throws {
        for quantity in [right.lowerBound - 1, right.lowerBound, right.upperBound, right.upperBound + 1] where quantity > 0 {
            let line = try Rules.line(quantity: BaseUnits(quantity), dose: dose, frequency: frequency, days: days)
            let content = PrescriptionContent(diagnosis: "高血压", reason: "慢性病", lines: [line])
            let expected = right.contains(quantity) ? nil : "dispensing.quantity-differs"
            #expect(Self.refusal(content, of: [Rules.product(1, form: form)]) == expected, "\(quantity)")
        }
    }

    @Test("whole packs are for consortia that round up to them", arguments: [(28, true), (20, true), (14, true), (42, false), (15, false)])
    func packs(quantity: Int64, isWhole: Bool) throws {
        let line = try Rules.line(quantity: BaseUnits(quantity), dose: 1_000, frequency: "bid", days: 7)
        let content = PrescriptionContent(diagnosis: "高血压", reason: "整盒", lines: [line])
        #expect(Self.refusal(content, packs: [28, 10]) == (isWhole ? nil : "dispensing.quantity-differs"))
        #expect(Self.refusal(content) == (quantity == 14 ? nil : "dispensing.quantity-differs"))
    }

    @Test("a quantity that the usage does not tell is taken as written", arguments: ["prn", "sos", "st", "once"])
    func untold(frequency: String) throws {
        let line = try Rules.line(quantity: 5, frequency: frequency, days: 3)
        let content = PrescriptionContent(diagnosis: "头痛", lines: [line])
        #expect(Self.refusal(content) == nil)
        let findings = PrescriptionRules().findings(
            PrescriptionRules.Case(content, kind: .ordinary, products: [ProductID(1): Rules.product(1)], today: Rules.today))
        #expect(findings.map(\.rule) == ["prescription.route", "prescription.quantity-untold"])
        #expect(findings.allSatisfy { $0.severity == .note && $0.lines == [1] && !$0.source.isEmpty })
    }

    @Test(
        "herbal pieces come as doses with directions; their quantity is grams in a dose times doses",
        arguments: [
            // doses, a day, days of the lines, grams of a dose, quantity, refusal
            (7, 1, 7, 10, 70, nil), (7, 1, 7, 10, 69, "dispensing.quantity-differs"),
            (7, 1, 7, 10, 71, "dispensing.quantity-differs"), (14, 2, 7, 10, 140, nil), (5, 2, 3, 10, 50, nil),
            (5, 2, 2, 10, 50, "dispensing.herbal-directions-missing"),
            (0, 1, 7, 10, 70, "dispensing.herbal-directions-missing"), (61, 9, 7, 10, 610, "dispensing.herbal-directions-missing"),
            (60, 5, 12, 10, 600, "dispensing.herbal-directions-missing"), (8, 1, 8, 10, 80, "dispensing.reason-required"),
        ] as [(Int, Int, Int, Int64, BaseUnits, String?)])
    func herbs(doses: Int, perDay: Int, days: Int, grams: Int64, quantity: BaseUnits, expected: String?) throws {
        let line = try Rules.line(quantity: quantity, dose: grams * 1_000, frequency: "bid", days: days)
        let content = PrescriptionContent(
            diagnosisCode: "BNP050", diagnosis: "胃脘痛",
            herbal: HerbalDirections(doses: doses, dosesPerDay: perDay, method: "水煎服"), lines: [line])
        #expect(Self.refusal(content, kind: .herbal, of: [Rules.product(1, kind: .herbal)]) == expected)
    }

    @Test("directions belong to herbal prescriptions, and to each of them")
    func directions() throws {
        let herbal = HerbalDirections(doses: 7, method: "水煎服")
        let line = try Rules.line(dose: 1_000)
        let without = PrescriptionContent(diagnosis: "胃脘痛", lines: [line])
        #expect(Self.refusal(without, kind: .herbal, of: [Rules.product(1, kind: .herbal)]) == "dispensing.herbal-directions-missing")
        let with = PrescriptionContent(diagnosis: "胃脘痛", herbal: herbal, lines: [line])
        #expect(Self.refusal(with) == "dispensing.herbal-directions-missing")
        let wordless = PrescriptionContent(diagnosis: "胃脘痛", herbal: HerbalDirections(doses: 7, method: " "), lines: [line])
        #expect(Self.refusal(wordless, kind: .herbal, of: [Rules.product(1, kind: .herbal)]) == "dispensing.herbal-directions-missing")
    }

    @Test(
        "what is said about the visit is within what a visit can be",
        arguments: [
            ("height", 199, true), ("height", 200, false), ("height", 2_700, false), ("height", 2_701, true),
            ("weight", 199, true), ("weight", 200, false), ("weight", 500_000, false), ("weight", 500_001, true),
            ("weeks", -1, true), ("weeks", 0, false), ("weeks", 45, false), ("weeks", 46, true),
            ("visit", 0, true), ("visit", 1, false), ("visit", 50, false), ("visit", 51, true),
        ])
    func encounter(field: String, value: Int64, isRefused: Bool) throws {
        var encounter = Encounter()
        switch field {
        case "height": encounter.heightMillimetres = value
        case "weight": encounter.weightGrams = value
        case "weeks": encounter.pregnancyWeeks = Int(value)
        default: encounter.visitID = String(repeating: "1", count: Int(value))
        }
        let content = PrescriptionContent(diagnosis: "高血压", encounter: encounter, lines: [try Rules.line()])
        #expect(Self.refusal(content) == (isRefused ? "dispensing.encounter-invalid" : nil))
    }

    @Test(
        "the form's colour and mark follow kind and age",
        arguments: [
            (.ordinary, "2012-11-23", .paediatric), (.ordinary, "2012-11-22", .ordinary), (.long, "2020-01-01", .paediatric),
            (.herbal, "2020-01-01", .paediatric), (.emergency, "2020-01-01", .emergency), (.narcotic, "2020-01-01", .narcotic),
            (.psychotropicII, "2020-01-01", .psychotropicII), (.toxic, "1950-01-01", .toxic),
        ] as [(PrescriptionKind, String, PaperClass)])
    func paper(kind: PrescriptionKind, birth: String, expected: PaperClass) throws {
        let born = try #require(CalendarDate(birth))
        #expect(PaperClass(kind: kind, birthOn: born, writtenOn: try #require(CalendarDate("2026-11-22"))) == expected)
        #expect(expected.mark.isEmpty == (expected == .ordinary) && !expected.colour.isEmpty)
    }

    @Test(
        "ages are told in years, of small children in months, of newborns in days",
        arguments: [
            ("1990-03-07", 36, "36岁"), ("2023-11-22", 3, "3岁"), ("2023-11-23", 2, "35月"), ("2026-10-22", 0, "1月"),
            ("2026-10-23", 0, "30天"), ("2026-11-22", 0, "0天"), ("2024-02-29", 2, "32月"),
        ])
    func ages(birth: String, years: Int, words: String) throws {
        let age = Age(birthOn: try #require(CalendarDate(birth)), on: try #require(CalendarDate("2026-11-22")))
        #expect(age.years == years && age.chinese == words)
    }
}
