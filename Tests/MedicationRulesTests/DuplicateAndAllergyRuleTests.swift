import MedicationRules
import Primitives
import Testing

@testable import Formulary

@Suite("Duplicates and allergy")
struct DuplicateAndAllergyRuleTests {
    static let data: RuleData = {
        var data = RuleData()
        data.groups = [
            SubstanceGroup(code: "penicillins", chinese: "青霉素类", english: "penicillins"),
            SubstanceGroup(code: "solvents", chinese: "溶媒", english: "solvents"),
        ]
        data.substances = [
            Substance(code: "amoxicillin", chinese: "阿莫西林", english: "amoxicillin", names: ["阿莫西林"], groups: ["penicillins"]),
            Substance(code: "cefalexin", chinese: "头孢氨苄", english: "cefalexin", names: ["头孢氨苄"]),
            Substance(code: "simvastatin", chinese: "辛伐他汀", english: "simvastatin", names: ["辛伐他汀"]),
            Substance(
                code: "sodium-chloride", chinese: "氯化钠", english: "sodium chloride", names: ["氯化钠"], groups: ["solvents"]),
        ]
        data.allergens = [
            Allergen(
                code: "penicillins", chinese: "青霉素类", english: "penicillins", names: ["青霉素", "Penicillin"],
                members: ["penicillins"], crossReacting: ["cefalexin"], source: "label")
        ]
        data.duplicateExceptions = [
            DuplicateException(kind: .drugClass, member: "XA10A", chinese: "胰岛素", english: "insulins", source: "guideline"),
            DuplicateException(kind: .substance, member: "solvents", chinese: "溶媒", english: "solvents", source: "general"),
        ]
        return data
    }()
    static let rules = ClinicalRules(catalogue: RuleCatalogue(data))

    static func product(_ id: Int64, _ name: String, _ english: String, _ drugClass: String, form: String = "tablet") -> Product {
        Checking.product(id, name, english: english, form: form, drugClass: drugClass)
    }

    @Test(
        "one substance, or one class, in two medicines",
        arguments: [
            // names, English names, classes, forms, rule
            (["盐酸二甲双胍片", "二甲双胍恩格列净片"], ["metformin", "metformin and empagliflozin"], ["XA10BA", "XA10BD"], "tablet", "duplicate.substance"),
            (["辛伐他汀片", "辛伐他汀分散片"], ["", ""], ["", ""], "tablet", "duplicate.substance"),
            (["左甲状腺素钠片", "左甲状腺素钠片"], ["levothyroxine sodium", "levothyroxine sodium"], ["XH03AA", "XH03AA"], "tablet", "duplicate.strengths"),
            (["硝苯地平片", "苯磺酸氨氯地平片"], ["nifedipine", "amlodipine"], ["XC08CA", "XC08CA"], "tablet", "duplicate.class"),
            (["缬沙坦片", "苯磺酸氨氯地平片"], ["valsartan", "amlodipine"], ["XC09CA", "XC08CA"], "tablet", nil),
            (["左乙拉西坦片", "拉莫三嗪片"], ["levetiracetam", "lamotrigine"], ["XN03AX", "XN03AX"], "tablet", nil),
            (["门冬胰岛素注射液", "谷赖胰岛素注射液"], ["insulin aspart", "insulin glulisine"], ["XA10AB", "XA10AB"], "injection", nil),
            (["氯化钠注射液", "葡萄糖氯化钠注射液"], ["sodium chloride", "glucose and sodium chloride"], ["", ""], "infusion", nil),
            (["血塞通胶囊", "银杏叶胶囊"], ["", ""], ["ZA12HA", "ZA12HA"], "capsule", nil), (["甲片", "乙片"], ["", ""], ["XC08", "XC08"], "tablet", nil),
        ] as [([String], [String], [String], String, String?)])
    func duplicates(names: [String], english: [String], classes: [String], form: String, rule: String?) {
        let products = names.indices.map { Self.product(Int64($0 + 1), names[$0], english[$0], classes[$0], form: form) }
        for ordered in [products, products.reversed()] {
            let found = Self.rules.findings(of: Checking.prescription(ordered))
            #expect(found.map(\.rule) == [rule].compactMap { $0 })
            #expect(found.allSatisfy { $0.lines == [1, 2] && $0.severity == ($0.rule == "duplicate.substance" ? .override : .warning) })
        }
    }

    @Test("an ointment next to tablets of one substance is no duplicate, and two ointments are")
    func routes() {
        let tablets = Self.product(1, "辛伐他汀片", "", ""), cream = Self.product(2, "辛伐他汀乳膏", "", "", form: "cream")
        let gel = Self.product(3, "辛伐他汀凝胶", "", "", form: "gel")
        #expect(Self.rules.findings(of: Checking.prescription([tablets, cream])).isEmpty)
        #expect(Self.rules.findings(of: Checking.prescription([cream, gel])).map(\.rule) == ["duplicate.substance"])
    }

    @Test("two preparations of one piece may make up one decoction")
    func pieces() {
        var data = Self.data
        data.substances.append(Substance(code: "gancao", chinese: "甘草", english: "liquorice", isPiece: true, names: ["甘草"]))
        let pieces = ["甘草片", "炙甘草"].enumerated().map { number, name in
            Checking.product(Int64(number + 1), name, kind: .herbal, form: "herbal_piece", strength: "饮片", unit: "g")
        }
        let found = ClinicalRules(catalogue: RuleCatalogue(data)).findings(of: Checking.prescription(pieces))
        #expect(found.map(\.rule) == ["duplicate.strengths"])
    }

    @Test("what is still taken is a duplicate unless so little is left that this is its renewal", arguments: [(0, 7, false), (6, 7, false), (7, 7, true), (20, 7, true), (6, 0, true), (0, 0, true)])
    func renewal(daysAhead: Int, renewalDays: Int, isFound: Bool) {
        let product = Self.product(1, "辛伐他汀片", "simvastatin", "XC10AA")
        let rules = ClinicalRules(catalogue: RuleCatalogue(Self.data), limits: [.longRenewalDays: renewalDays])
        let current = CurrentMedication(product: product, through: Checking.today.adding(days: daysAhead), document: "CF-2026-000001")
        let found = rules.findings(of: Checking.prescription([product], current: [current]))
        #expect(found.map(\.rule) == (isFound ? ["duplicate.substance"] : []))
    }

    @Test(
        "allergy to the substance, to its class, to something that may cross-react, or by a name alone",
        arguments: [
            ("penicillins", "阿莫西林胶囊", "allergy.substance"), ("青霉素", "阿莫西林胶囊", "allergy.substance"),
            ("PENICILLIN ", "阿莫西林胶囊", "allergy.substance"), ("青霉素", "头孢氨苄胶囊", "allergy.cross-reaction"),
            ("amoxicillin", "阿莫西林胶囊", "allergy.substance"), ("阿莫西林", "头孢氨苄胶囊", nil), ("头孢氨苄", "头孢氨苄胶囊", "allergy.substance"),
            ("麝香", "麝香保心丸", "allergy.substance"), ("麝", "麝香保心丸", nil), ("花粉", "阿莫西林胶囊", nil), ("无", "无极膏", nil), ("", "阿莫西林胶囊", nil),
        ] as [(String, String, String?)])
    func allergy(stated: String, name: String, rule: String?) {
        var patient = Checking.adult
        patient.allergies = [stated]
        let found = Self.rules.findings(of: Checking.prescription([Checking.product(1, name)], patient: patient))
        #expect(found.map(\.rule) == [rule].compactMap { $0 })
        #expect(found.allSatisfy { $0.severity == ($0.rule == "allergy.substance" ? .override : .warning) })
    }
}
