import MedicationRules
import Primitives
import Testing

@testable import Formulary

@Suite("Long prescriptions' medicines and diagnoses")
struct LongRuleTests {
    static func rules(coldStorage: Int = 0) -> ClinicalRules {
        var data = RuleData()
        data.longDiagnoses = [
            LongDiagnosis(prefix: "I10", chinese: "高血压", english: "hypertension", source: "province"),
            LongDiagnosis(prefix: "E063", chinese: "甲状腺炎", english: "thyroiditis", source: "province"),
            LongDiagnosis(prefix: "A15", chinese: "结核", english: "tuberculosis", source: "province"),
        ]
        data.longExclusions = [
            LongExclusion(drugClass: "XJ01", chinese: "抗菌药", english: "antibacterials", liftedBy: ["A15"], source: "R-LP-03"),
            LongExclusion(drugClass: "XJ02", chinese: "抗真菌药", english: "antifungals", source: "R-LP-03"),
        ]
        return ClinicalRules(catalogue: RuleCatalogue(data), limits: [.longColdStorage: coldStorage])
    }

    static func found(
        _ product: Product, diagnoses: [String] = ["I10.x00"], isLong: Bool = true, coldStorage: Int = 0
    ) -> [Finding] {
        var patient = Checking.adult
        patient.diagnoses = diagnoses
        return rules(coldStorage: coldStorage).findings(of: Checking.prescription([product], patient: patient, isLong: isLong))
    }

    @Test(
        "the diagnosis is in the catalogue",
        arguments: [
            (["I10"], true), (["I10.x00"], true), (["i10x09"], true), (["J06.9", "I10.x00"], true), (["I1"], false), (["I11.900"], false),
            (["E06.3"], true), (["E06.300"], true), (["E06.2"], false), ([], false), ([""], false),
        ] as [([String], Bool)])
    func diagnoses(codes: [String], isChronic: Bool) {
        let found = Self.found(Checking.product(1, "缬沙坦片"), diagnoses: codes)
        #expect(found.map(\.rule) == (isChronic ? [] : ["long.diagnosis"]))
        #expect(found.allSatisfy { $0.severity == .block && $0.lines.isEmpty })
    }

    @Test(
        "controlled, cold and excluded medicines are not on it",
        arguments: [
            ("XC09CA", .none, .room, ["I10"], 0, []), ("XC09CA", .psychotropicII, .room, ["I10"], 0, ["long.special-control"]),
            ("XC09CA", .precursor, .room, ["I10"], 0, ["long.special-control"]), ("XA10AB", .none, .cold, ["I10"], 0, ["long.storage"]),
            ("XA10AB", .none, .frozen, ["I10"], 0, ["long.storage"]), ("XA10AB", .none, .cool, ["I10"], 0, []),
            ("XA10AB", .none, .cold, ["I10"], 1, []), ("XJ01CA", .none, .room, ["I10"], 0, ["long.class-excluded"]),
            ("XJ01CA", .none, .room, ["A15.0"], 0, []), ("XJ02AC", .none, .room, ["A15.0"], 0, ["long.class-excluded"]),
            ("XJ05AF", .none, .room, ["I10"], 0, []), ("XJ0", .none, .room, ["I10"], 0, []),
        ] as [(String, SpecialControl, StorageCondition, [String], Int, [String])])
    func medicines(
        drugClass: String, control: SpecialControl, storage: StorageCondition, diagnoses: [String], coldStorage: Int, rules: [String]
    ) {
        let product = Checking.product(1, "某药", drugClass: drugClass, control: control, storage: storage)
        let found = Self.found(product, diagnoses: diagnoses, coldStorage: coldStorage)
        #expect(found.map(\.rule) == rules)
        #expect(found.allSatisfy { $0.severity == .block && $0.lines == [1] })
        #expect(Self.found(product, diagnoses: diagnoses, isLong: false).isEmpty)
    }
}
