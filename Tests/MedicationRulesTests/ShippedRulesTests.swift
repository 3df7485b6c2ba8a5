import Foundation
import Primitives
import TestSupport
import Testing

@testable import Formulary
@testable import MedicationRules

@Suite("The shipped rule catalogue")
struct ShippedRulesTests {
    static func catalogue() throws -> RuleCatalogue {
        let files = try RuleCatalogueFiles(try ShippedRules.files())
        return try #require(files.catalogue, "\(files.problems)")
    }

    @Test("has no row that cannot be used, and as many as it says")
    func isSound() throws {
        let files = try RuleCatalogueFiles(try ShippedRules.files())
        #expect(files.problems.isEmpty, "\(files.problems.flatMap(\.problems).prefix(20))")
        let data = files.data
        #expect(data.interactions.count >= 60 && data.doseLimits.count >= 80 && data.personLimits.count >= 40)
        #expect(data.longDiagnoses.count >= 40 && data.institutionLimits.count >= 50 && data.allergens.count >= 12)
    }

    @Test("finds each of its substances in a shipped product, or says that none is shipped")
    func substancesMatch() throws {
        let file = try #require(try ShippedRules.files().first { $0.path.hasSuffix("substances.csv") })
        let content = try CatalogFile(file.bytes)
        let column = try #require(content.header.firstIndex(of: "in_catalogue"))
        let said = Dictionary(uniqueKeysWithValues: content.records.map { ($0.fields[0], $0.fields[column] == "yes") })
        let catalogue = try Self.catalogue()
        var found: [String: [String]] = [:]
        for product in try ShippedProducts.all() {
            for substance in catalogue.index.substances(in: product).substances {
                found[substance.code, default: []].append(product.genericName)
            }
        }
        for substance in catalogue.data.substances {
            #expect((found[substance.code] != nil) == said[substance.code], "\(substance.code): \(found[substance.code] ?? [])")
        }
    }

    @Test(
        "takes no longer name for a shorter one",
        arguments: [
            ("罗红霉素片", ["roxithromycin"]), ("左氧氟沙星片", ["levofloxacin"]), ("阿司匹林肠溶片", ["aspirin"]),
            ("氯沙坦钾氢氯噻嗪片", ["losartan", "hydrochlorothiazide"]), ("艾司奥美拉唑镁肠溶片", ["esomeprazole"]),
            ("苯磺酸左氨氯地平片", ["levamlodipine"]), ("沙库巴曲缬沙坦钠片", ["sacubitril-valsartan"]),
            ("单硝酸异山梨酯片", ["isosorbide-mononitrate"]), ("酒石酸双氢可待因片", ["dihydrocodeine"]),
            ("枸橼酸舒芬太尼注射液", ["sufentanil"]), ("依诺肝素钠注射液", ["enoxaparin"]), ("盐酸氯米帕明片", ["clomipramine"]),
            ("盐酸托鲁地文拉法辛缓释片", ["toludesvenlafaxine"]), ("注射用亚叶酸钙", []), ("维生素B12注射液", []),
            ("注射用盐酸去甲万古霉素", ["norvancomycin"]), ("硫酸羟氯喹片", ["hydroxychloroquine"]), ("氨茶碱片", ["aminophylline"]),
            ("头孢丙烯片", ["other-cephalosporins"]), ("注射用美洛西林钠", ["other-penicillins"]), ("盐酸洛美沙星片", ["other-fluoroquinolones"]),
            ("注射用盐酸柔红霉素", []), ("盐酸氨基葡萄糖胶囊", []), ("氟奋乃静片", []),
        ] as [(String, [String])])
    func longerNames(name: String, codes: [String]) throws {
        let named = try Self.catalogue().index.substances(in: Checking.product(1, name))
        #expect(named.substances.map(\.code) == codes)
    }

    @Test("reads the amount of each substance whose dose it limits, but for compounds that do not tell the order")
    func amounts() throws {
        let catalogue = try Self.catalogue()
        var untold: [String] = []
        var told = 0
        for product in try ShippedProducts.all() {
            let medicine = Medicines.Medicine(product: product, route: RouteGroup(dosageForm: product.dosageForm), catalogue.index)
            let limited = medicine.substances.filter { substance in
                catalogue.doseLimitsBySubstance[substance.code, default: []].contains { $0.route == medicine.route }
            }
            guard !limited.isEmpty else { continue }
            let amounts = catalogue.amounts(in: medicine)
            if limited.allSatisfy({ amounts[$0.code] != nil }) { told += 1 } else { untold.append(product.genericName) }
        }
        #expect(told > 260)
        #expect(
            Set(untold) == [
                "乙胺吡嗪利福异烟片", "异福胶囊", "氨酚曲马多片", "氨酚羟考酮片", "阿莫西林克拉维酸钾片", "复方卡托普利片", "复方利血平氨苯蝶啶片",
                "小儿氨酚黄那敏颗粒", "酚麻美敏片", "复方对乙酰氨基酚片(Ⅱ)", "丙戊酸钠口服溶液", "利培酮口服液", "草酸艾司西酞普兰口服溶液",
                "注射用头孢他啶阿维巴坦钠",
            ], "\(Set(untold).sorted())")
    }

    @Test(
        "gives the amounts of compounds to the right substances",
        arguments: [
            ("利格列汀二甲双胍片(Ⅱ)", ["linagliptin": "2.5mg", "metformin": "850mg"]),
            ("氯沙坦钾氢氯噻嗪片", ["losartan": "50mg", "hydrochlorothiazide": "12.5mg"]),
            ("左氧氟沙星氯化钠注射液", ["levofloxacin": "500mg", "sodium-chloride": "900mg"]),
            ("利奈唑胺葡萄糖注射液", ["linezolid": "600mg"]), ("洛芬待因缓释片", ["ibuprofen": "200mg", "codeine": "13mg"]),
            ("氨酚羟考酮片", [:]), ("恩他卡朋双多巴片(Ⅱ)", [:]), ("卡左双多巴缓释片", [:]), ("细辛", ["xixin": "1g"]),
        ] as [(String, [String: String])])
    func compounds(name: String, expected: [String: String]) throws {
        let catalogue = try Self.catalogue()
        let product = try #require(try ShippedProducts.all().first { $0.genericName == name })
        let medicine = Medicines.Medicine(product: product, route: RouteGroup(dosageForm: product.dosageForm), catalogue.index)
        #expect(catalogue.amounts(in: medicine).mapValues(\.description) == expected)
    }

    @Test("counts no shipped product's own single unit as too much, nor two of them a day for an adult, but where meant")
    func singleUnits() throws {
        let rules = ClinicalRules(catalogue: try Self.catalogue())
        var found: [String] = []
        for product in try ShippedProducts.all() where product.kind == .western && product.dosageForm.hasPrefix("tablet") {
            let findings = rules.findings(of: Checking.prescription([product]))
            found += findings.filter { $0.rule == "dose.single-maximum" || $0.rule == "dose.daily-maximum" }.map(\.message)
        }
        #expect(found.isEmpty, "\(found)")
    }

    @Test("the well-known pairs are found in shipped products", arguments: [
        ("华法林钠片", "阿司匹林肠溶片", "interaction.severe"), ("辛伐他汀片", "克拉霉素片", "interaction.contraindicated"),
        ("辛伐他汀片", "伊曲康唑胶囊", "interaction.contraindicated"), ("盐酸司来吉兰片", "盐酸舍曲林片", "interaction.contraindicated"),
        ("甲氨蝶呤片", "双氯芬酸钠缓释片", "interaction.severe"), ("甲氨蝶呤片", "复方磺胺甲噁唑片", "interaction.contraindicated"),
        ("利奥西呱片", "单硝酸异山梨酯片", "interaction.contraindicated"), ("秋水仙碱片", "克拉霉素片", "interaction.contraindicated"),
        ("地高辛片", "盐酸胺碘酮片", "interaction.severe"), ("马来酸依那普利片", "螺内酯片", "interaction.severe"),
        ("卡托普利片", "氯化钾缓释片", "interaction.severe"), ("硫酸氢氯吡格雷片", "奥美拉唑肠溶胶囊", "interaction.severe"),
        ("茶碱缓释片", "乳酸环丙沙星氯化钠注射液", "interaction.severe"), ("注射用头孢曲松钠", "葡萄糖酸钙注射液", "interaction.contraindicated"),
        ("盐酸胺碘酮片", "盐酸莫西沙星片", "interaction.severe"), ("甲硝唑片", "复方甘草口服溶液", "interaction.contraindicated"),
        ("制川乌", "法半夏", "interaction.contraindicated"), ("炙甘草", "海藻", "interaction.contraindicated"),
        ("丁香", "郁金", "interaction.contraindicated"), ("附片", "浙贝母", "interaction.contraindicated"),
    ])
    func wellKnown(first: String, second: String, rule: String) throws {
        let rules = ClinicalRules(catalogue: try Self.catalogue())
        let products = try ShippedProducts.all()
        let pair = try [first, second].map { name in try #require(products.first { $0.genericName == name }, "\(name)") }
        #expect(rules.findings(of: Checking.prescription(pair)).map(\.rule).contains(rule))
    }

    @Test("an inhaler, an ointment and eye drops meet nothing")
    func local() throws {
        let rules = ClinicalRules(catalogue: try Self.catalogue())
        let products = try ShippedProducts.all()
        let names = ["华法林钠片", "红霉素眼膏", "硝酸咪康唑乳膏", "吸入用布地奈德混悬液"]
        let chosen = try names.map { name in try #require(products.first { $0.genericName == name }) }
        let found = rules.findings(of: Checking.prescription(chosen)).filter { $0.rule.hasPrefix("interaction.") }
        #expect(found.isEmpty, "\(found.map(\.message))")
    }
}
