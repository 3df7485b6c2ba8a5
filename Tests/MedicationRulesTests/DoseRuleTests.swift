import MedicationRules
import Parties
import Primitives
import Testing

@testable import Formulary

@Suite("Doses")
struct DoseRuleTests {
    static let rules: ClinicalRules = {
        var data = RuleData()
        data.substances = [
            Substance(code: "metformin", chinese: "二甲双胍", english: "metformin", names: ["二甲双胍"]),
            Substance(code: "paracetamol", chinese: "对乙酰氨基酚", english: "paracetamol", names: ["对乙酰氨基酚"]),
            Substance(code: "methotrexate", chinese: "甲氨蝶呤", english: "methotrexate", names: ["甲氨蝶呤"]),
            Substance(code: "penicillin", chinese: "青霉素", english: "benzylpenicillin", names: ["青霉素"]),
        ]
        func amount(_ text: String) -> Amount? { Amount(text) }
        data.doseLimits = [
            DoseLimit(
                code: "D001", substance: "metformin", route: .oral, ageFrom: AgeLimit("18y"), singleLeast: amount("0.25g"),
                singleMost: amount("1g"), dayMost: amount("2.55g"), source: "label"),
            DoseLimit(
                code: "D002", substance: "metformin", route: .oral, ageFrom: AgeLimit("10y"), ageUnder: AgeLimit("18y"),
                singleMost: amount("1g"), dayMost: amount("2g"), source: "label"),
            DoseLimit(
                code: "D003", substance: "paracetamol", route: .oral, ageUnder: AgeLimit("12y"), singleMost: amount("0.5g"),
                dayMost: amount("2g"), kilogramSingleMost: amount("15mg"), kilogramDayMost: amount("60mg"), source: "label"),
            DoseLimit(
                code: "D004", substance: "methotrexate", route: .oral, singleMost: amount("25mg"), dayMost: amount("25mg"),
                hoursApart: 168, source: "label"),
            DoseLimit(
                code: "D005", substance: "penicillin", route: .injection, dayMost: amount("2400万IU"), source: "label"),
        ]
        return ClinicalRules(catalogue: RuleCatalogue(data))
    }()

    static func found(_ lines: [CheckedLine?], patient: CheckedPatient = Checking.adult) -> [Finding] {
        rules.findings(
            of: CheckedPrescription(
                patient: patient, on: Checking.today, level: .county, lines: lines.compactMap { $0 })
        ).filter { $0.rule.hasPrefix("dose.") }
    }

    static let metformin = Checking.product(1, "盐酸二甲双胍片", english: "metformin", strength: "0.5g")

    @Test(
        "a single dose and a day's doses are held against their limits, the limit itself allowed",
        arguments: [
            // thousandths of a tablet of 0.5 g, frequency
            (500, "qd", []), (499, "qd", ["dose.single-minimum"]), (2_000, "qd", []), (2_001, "qd", ["dose.single-maximum"]),
            (1_700, "tid", []), (1_701, "tid", ["dose.daily-maximum"]), (2_000, "tid", ["dose.daily-maximum"]), (1_000, "q6h", []),
            (2_000, "bid", []), (2_100, "tid", ["dose.daily-maximum", "dose.single-maximum"]), (1_275, "qid", []), (1_276, "qid", ["dose.daily-maximum"]),
            // Taken once in days it counts whole on its day; when necessary there is no day to count.
            (2_000, "qod", []), (2_000, "prn", []), (2_001, "prn", ["dose.single-maximum"]),
            (2_000, "q36h", []), (2_000, "q8h", ["dose.daily-maximum"]),
        ] as [(Int64, String, [String])])
    func boundaries(dose: Int64, frequency: String, rules: [String]) {
        let found = Self.found([Checking.line(Self.metformin, dose: dose, frequency: frequency)])
        #expect(found.map(\.rule) == rules)
        #expect(found.allSatisfy { $0.lines == [1] && $0.source == "D001: label" })
        #expect(found.allSatisfy { $0.severity == ($0.rule == "dose.single-minimum" ? .note : .override) })
    }

    @Test("the finding names what is taken and what the most is")
    func words() throws {
        let found = try #require(Self.found([Checking.line(Self.metformin, dose: 2_000, frequency: "tid")]).first)
        #expect(found.message == "盐酸二甲双胍片 0.5g：每日 3g，最多 2.55g")
        #expect(found.messageEnglish == "盐酸二甲双胍片 0.5g: 3g in a day, at most 2.55g")
    }

    @Test("the lines of one substance are added up over a day")
    func together() {
        let other = Checking.product(2, "二甲双胍缓释片", english: "metformin", form: "tablet_sustained", strength: "0.5g")
        func rules(_ thousandths: Int64) -> [Finding] {
            Self.found([
                Checking.line(Self.metformin, dose: 1_000, frequency: "bid"),
                Checking.line(other, number: 2, dose: thousandths, frequency: "tid"),
            ])
        }
        #expect(rules(1_033).isEmpty)
        #expect(rules(1_034).map(\.rule) == ["dose.daily-maximum"] && rules(1_034).first?.lines == [1, 2])
    }

    @Test(
        "the limit is that of the age, from the birthday on",
        arguments: [
            // days from the 10th and the 18th birthday, rule for 2.1 g a day
            (10, -1, false), (10, 0, true), (18, -1, true), (18, 0, false),
        ] as [(Int, Int, Bool)])
    func ages(years: Int, days: Int, isTooMuch: Bool) throws {
        let birth = try #require(CalendarDate(year: Checking.today.year - years, month: 11, day: 21))
        let on = try #require(AgeLimit("\(years)y")).reached(by: birth).adding(days: days)
        let line = try #require(Checking.line(Self.metformin, dose: 1_400, frequency: "tid"))
        let found = Self.rules.findings(
            of: CheckedPrescription(
                patient: CheckedPatient(birthOn: birth), on: on, level: .county, lines: [line]))
        #expect(found.map(\.rule) == (isTooMuch ? ["dose.daily-maximum"] : []))
    }

    @Test(
        "a child's dose is held against the weight too",
        arguments: [
            // grams, millilitres of 32 mg, frequency
            (20_000, 9_375, "q8h", []), (20_000, 9_376, "q8h", ["dose.weight-maximum"]),
            (20_000, 9_375, "q6h", []), (19_999, 9_375, "q6h", ["dose.weight-maximum"]), (nil, 9_375, "q8h", ["dose.weight-missing"]),
            (60_000, 15_626, "qd", ["dose.single-maximum"]),
        ] as [(Int64?, Int64, String, [String])])
    func weights(grams: Int64?, dose: Int64, frequency: String, rules: [String]) {
        let suspension = Checking.product(
            3, "对乙酰氨基酚口服混悬液", english: "paracetamol", form: "suspension", strength: "100ml:3.2g", unit: "bottle")
        let child = CheckedPatient(birthOn: Checking.today.adding(days: -2_000), weightGrams: grams)
        // A bottle holds 100 ml: 9.375 ml are 0.09375 of it, entered in bottles of 1 ml here.
        let millilitres = Checking.product(
            3, "对乙酰氨基酚口服混悬液", english: "paracetamol", form: "suspension", strength: "1ml:32mg", unit: "bottle")
        #expect(suspension.id == millilitres.id)
        let found = Self.found([Checking.line(millilitres, dose: dose, frequency: frequency)], patient: child)
        #expect(Set(found.map(\.rule)) == Set(rules))
        #expect(found.allSatisfy { $0.severity == ($0.rule == "dose.weight-missing" ? .note : .override) })
    }

    @Test(
        "methotrexate is taken once a week",
        arguments: [("qw", nil), ("q2w", nil), ("biw", "dose.interval"), ("qd", "dose.interval"), ("qod", "dose.interval"), ("once", nil)])
    func interval(frequency: String, rule: String?) {
        let methotrexate = Checking.product(4, "甲氨蝶呤片", english: "methotrexate", strength: "2.5mg")
        let found = Self.found([Checking.line(methotrexate, dose: 4_000, frequency: frequency)])
        #expect(found.map(\.rule) == [rule].compactMap { $0 })
    }

    @Test("what is counted in units is limited in units", arguments: [(7_500, []), (7_501, ["dose.daily-maximum"])] as [(Int64, [String])])
    func units(dose: Int64, rules: [String]) {
        let penicillin = Checking.product(
            5, "注射用青霉素钠", english: "benzylpenicillin", form: "powder_injection", strength: "80万IU", unit: "vial")
        #expect(Self.found([Checking.line(penicillin, dose: dose, frequency: "qid")]).map(\.rule) == rules)
    }

    @Test("a strength that does not tell is said not to have been checked", arguments: ["复方", "10mg/5mg", "10IU", "100ml"])
    func untold(strength: String) {
        let product = Checking.product(6, "二甲双胍片", english: "metformin", strength: strength)
        let found = Self.found([Checking.line(product, dose: 9_000, frequency: "tid")])
        #expect(found.map(\.rule) == ["dose.not-checked"] && found.first?.severity == .note)
    }

    @Test("another way of giving it has other limits, or none")
    func routes() {
        #expect(Self.found([Checking.line(Self.metformin, dose: 9_000, route: "injection")]).isEmpty)
        #expect(Self.found([Checking.line(Self.metformin, dose: 9_000, route: "somehow")]).map(\.rule).contains("dose.single-maximum"))
    }

    @Test("the largest dose that can be entered does not overflow")
    func largest() {
        let product = Checking.product(7, "二甲双胍片", english: "metformin", strength: "999999kg")
        let found = Self.found([Checking.line(product, dose: DoseAmount.entryMax.thousandths, frequency: "q30min")])
        #expect(found.map(\.rule).contains("dose.single-maximum") && found.map(\.rule).contains("dose.daily-maximum"))
    }
}
