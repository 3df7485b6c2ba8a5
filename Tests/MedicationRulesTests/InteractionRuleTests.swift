import MedicationRules
import Primitives
import Testing

@testable import Formulary

@Suite("Interactions")
struct InteractionRuleTests {
    static let rules: ClinicalRules = {
        var data = RuleData()
        data.substances = [
            Substance(code: "warfarin", chinese: "华法林", english: "warfarin", names: ["华法林"]),
            Substance(code: "aspirin", chinese: "阿司匹林", english: "aspirin", names: ["阿司匹林"], groups: ["nsaids"]),
            Substance(code: "ibuprofen", chinese: "布洛芬", english: "ibuprofen", names: ["布洛芬"], groups: ["nsaids"]),
            Substance(
                code: "erythromycin", chinese: "红霉素", english: "erythromycin", names: ["红霉素"], excluding: ["罗红霉素"],
                groups: ["qt"]),
            Substance(code: "amiodarone", chinese: "胺碘酮", english: "amiodarone", names: ["胺碘酮"], groups: ["qt"]),
            Substance(code: "ceftriaxone", chinese: "头孢曲松", english: "ceftriaxone", names: ["头孢曲松"]),
            Substance(code: "calcium", chinese: "钙", english: "calcium", names: ["葡萄糖酸钙"]),
            Substance(code: "gancao", chinese: "甘草", english: "liquorice", isPiece: true, names: ["甘草"]),
            Substance(code: "gansui", chinese: "甘遂", english: "kansui", isPiece: true, names: ["甘遂"]),
        ]
        data.interactions = [
            interaction("I001", "warfarin", "nsaids", .severe), interaction("I002", "qt", "qt", .contraindicated),
            interaction("I003", "ceftriaxone", "calcium", .contraindicated, route: .injection),
            interaction("I004", "gancao", "gansui", .moderate),
        ]
        return ClinicalRules(catalogue: RuleCatalogue(data))
    }()

    static func interaction(
        _ code: String, _ first: String, _ second: String, _ severity: InteractionSeverity, route: RouteGroup? = nil
    ) -> Interaction {
        Interaction(
            code: code, first: .init(code: first, route: route), second: .init(code: second, route: route), severity: severity,
            effect: Phrase("效应", "Effect"), advice: Phrase("建议", "Advice"), source: "label")
    }

    static func interactions(_ prescription: CheckedPrescription) -> [Finding] {
        rules.findings(of: prescription).filter { $0.rule.hasPrefix("interaction.") }
    }

    @Test(
        "two substances meet, whichever stands first, where both reach the whole body",
        arguments: [
            (["华法林钠片", "阿司匹林肠溶片"], ["tablet", "tablet_enteric"], "interaction.severe"),
            (["布洛芬缓释胶囊", "华法林钠片"], ["capsule_sustained", "tablet"], "interaction.severe"),
            (["布洛芬乳膏", "华法林钠片"], ["cream", "tablet"], nil), (["阿司匹林片", "布洛芬片"], ["tablet", "tablet"], nil),
            (["红霉素肠溶片", "盐酸胺碘酮片"], ["tablet_enteric", "tablet"], "interaction.contraindicated"),
            (["红霉素眼膏", "盐酸胺碘酮片"], ["eye_drops", "tablet"], nil), (["罗红霉素片", "盐酸胺碘酮片"], ["tablet", "tablet"], nil),
            (["盐酸胺碘酮片", "盐酸胺碘酮注射液"], ["tablet", "injection"], nil),
            (["注射用头孢曲松钠", "葡萄糖酸钙注射液"], ["powder_injection", "injection"], "interaction.contraindicated"),
            (["注射用头孢曲松钠", "葡萄糖酸钙片"], ["powder_injection", "tablet"], nil), (["甘草片", "甘遂片"], ["tablet", "tablet"], nil),
        ] as [([String], [String], String?)])
    func pairs(names: [String], forms: [String], rule: String?) {
        let products = zip(names, forms).enumerated().map { number, named in
            Checking.product(Int64(number + 1), named.0, form: named.1)
        }
        for ordered in [products, products.reversed()] {
            let found = Self.interactions(Checking.prescription(ordered))
            #expect(found.map(\.rule) == [rule].compactMap { $0 })
            #expect(found.allSatisfy { $0.lines == [1, 2] })
        }
    }

    @Test("herbal pieces meet among themselves")
    func pieces() {
        let products = ["炙甘草", "醋甘遂"].enumerated().map { number, name in
            Checking.product(Int64(number + 1), name, kind: .herbal, form: "herbal_piece", strength: "饮片", unit: "g")
        }
        #expect(Self.interactions(Checking.prescription(products)).map(\.rule) == ["interaction.moderate"])
    }

    @Test("what is still taken counts through its last day", arguments: [(-1, 0), (0, 1), (1, 1)])
    func current(ahead: Int, count: Int) {
        let medication = CurrentMedication(
            product: Checking.product(2, "阿司匹林肠溶片"), through: Checking.today.adding(days: ahead), document: "CF-2026-000001")
        let found = Self.rules.findings(
            of: Checking.prescription([Checking.product(1, "华法林钠片")], current: [medication]))
        #expect(found.count == count)
        #expect(found.allSatisfy { $0.lines == [1] && $0.message.contains("CF-2026-000001") && $0.source == "I001: label" })
    }

    @Test("two medicines still taken are not this prescription's concern, and an empty catalogue finds nothing")
    func notThisOne() {
        let both = ["华法林钠片", "阿司匹林肠溶片"].enumerated().map { number, name in
            CurrentMedication(
                product: Checking.product(Int64(number + 2), name), through: Checking.today, document: "CF-2026-000001")
        }
        #expect(Self.rules.findings(of: Checking.prescription([Checking.product(1, "维生素C片")], current: both)).isEmpty)
        let products = both.map(\.product)
        #expect(ClinicalRules(catalogue: .empty).findings(of: Checking.prescription(products)).isEmpty)
    }
}
