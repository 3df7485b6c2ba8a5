import MedicationRules
import Parties
import Primitives
import Testing

@testable import Formulary

@Suite("Age, sex and institution")
struct PersonRuleTests {
    static let rules: ClinicalRules = {
        var data = RuleData()
        data.groups = [SubstanceGroup(code: "fluoroquinolones", chinese: "喹诺酮", english: "fluoroquinolones")]
        data.substances = [
            Substance(
                code: "levofloxacin", chinese: "左氧氟沙星", english: "levofloxacin", names: ["左氧氟沙星"], groups: ["fluoroquinolones"]),
            Substance(code: "ibuprofen", chinese: "布洛芬", english: "ibuprofen", names: ["布洛芬"]),
            Substance(code: "finasteride", chinese: "非那雄胺", english: "finasteride", names: ["非那雄胺"]),
            Substance(code: "meropenem", chinese: "美罗培南", english: "meropenem", names: ["美罗培南"]),
        ]
        let reason = Phrase("原因", "reason")
        if let adult = AgeLimit("18y"), let infant = AgeLimit("6m"), let newborn = AgeLimit("28d") {
            data.personLimits = [
                PersonLimit(
                    code: "P001", members: ["fluoroquinolones"], condition: .younger(than: adult), severity: .override,
                    reason: reason, source: "label"),
                PersonLimit(
                    code: "P002", members: ["ibuprofen"], condition: .younger(than: infant), severity: .warning, reason: reason,
                    source: "label"),
                PersonLimit(
                    code: "P003", names: ["小儿"], condition: .reached(adult), severity: .warning, reason: reason, source: "list"),
                PersonLimit(
                    code: "P004", members: ["finasteride"], condition: .sex(.female), severity: .override, reason: reason,
                    source: "label"),
                PersonLimit(
                    code: "P005", names: ["新生儿禁用片"], condition: .younger(than: newborn), severity: .override,
                    reason: reason, source: "label"),
            ]
        }
        data.institutionLimits = [
            InstitutionLimit(
                code: "L001", names: ["丹参注射液"], lowest: .county, severity: .warning, reason: reason, source: "list"),
            InstitutionLimit(
                code: "L002", members: ["meropenem"], lowest: .city, severity: .override, reason: reason, source: "list"),
        ]
        return ClinicalRules(catalogue: RuleCatalogue(data))
    }()

    static func found(
        _ name: String, form: String = "tablet", birth: CalendarDate, on: CalendarDate, sex: CheckedPatient.Sex = .unknown,
        level: FacilityLevel = .county
    ) throws -> [String] {
        let line = try #require(Checking.line(Checking.product(1, name, form: form)))
        return rules.findings(
            of: CheckedPrescription(
                patient: CheckedPatient(birthOn: birth, sex: sex), on: on, level: level, lines: [line])
        ).map(\.rule)
    }

    @Test(
        "an age is reached on the birthday",
        arguments: [
            // name, born, on, rule
            ("左氧氟沙星片", "2008-11-22", "2026-11-21", "age.too-young"), ("左氧氟沙星片", "2008-11-22", "2026-11-22", nil),
            ("左氧氟沙星片", "2008-02-29", "2026-02-28", "age.too-young"), ("左氧氟沙星片", "2008-02-29", "2026-03-01", nil),
            ("布洛芬混悬液", "2026-05-31", "2026-11-30", "age.too-young"), ("布洛芬混悬液", "2026-05-31", "2026-12-01", nil),
            ("布洛芬混悬液", "2026-05-22", "2026-11-21", "age.too-young"), ("布洛芬混悬液", "2026-05-22", "2026-11-22", nil),
            ("小儿感冒颗粒", "2008-11-22", "2026-11-21", nil), ("小儿感冒颗粒", "2008-11-22", "2026-11-22", "age.too-old"),
            ("新生儿禁用片", "2026-11-01", "2026-11-28", "age.too-young"), ("新生儿禁用片", "2026-11-01", "2026-11-29", nil),
        ] as [(String, String, String, String?)])
    func birthdays(name: String, born: String, on: String, rule: String?) throws {
        let (birth, day) = (try #require(CalendarDate(born)), try #require(CalendarDate(on)))
        #expect(try Self.found(name, birth: birth, on: day) == [rule].compactMap { $0 })
    }

    @Test("an eye ointment of it is no medicine for the whole body")
    func local() throws {
        let birth = Checking.today.adding(days: -1_000)
        #expect(try Self.found("左氧氟沙星滴眼液", form: "eye_drops", birth: birth, on: Checking.today).isEmpty)
    }

    @Test("sex", arguments: [(.female, "sex.other"), (.male, nil), (.unknown, nil)] as [(CheckedPatient.Sex, String?)])
    func sexes(sex: CheckedPatient.Sex, rule: String?) throws {
        let birth = Checking.today.adding(days: -20_000)
        #expect(try Self.found("非那雄胺片", birth: birth, on: Checking.today, sex: sex) == [rule].compactMap { $0 })
    }

    @Test(
        "the level of the institution",
        arguments: [
            ("丹参注射液", .village, true), ("丹参注射液", .township, true), ("丹参注射液", .county, false), ("丹参注射液", .city, false),
            ("注射用美罗培南", .county, true), ("注射用美罗培南", .city, false),
        ] as [(String, FacilityLevel, Bool)])
    func levels(name: String, level: FacilityLevel, isLimited: Bool) throws {
        let birth = Checking.today.adding(days: -20_000)
        let found = try Self.found(name, form: "injection", birth: birth, on: Checking.today, level: level)
        #expect(found == (isLimited ? ["institution.level"] : []))
    }

    @Test("ages are read strictly", arguments: [("18y", "18y"), ("6m", "6m"), ("28d", "28d"), ("18", nil), ("0y", nil), ("131y", nil), ("-1y", nil), ("+1y", nil), ("y", nil), ("18岁", nil)] as [(String, String?)])
    func ages(text: String, expected: String?) { #expect(AgeLimit(text)?.description == expected) }
}
