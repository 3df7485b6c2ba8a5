import Postgres
public import Primitives

/// The numeric limits of prescriptions. Each is a parameter with a scope and days of effect, not a constant.
///
/// Source of the national values: `rules.md` §1 (R-RX), §3 (controlled drugs) and §4 (R-LP), which name the norms.
public enum LimitKey: String, StoredText, Codable, CaseIterable {
    case productsMost = "products-most"
    case validityDaysMost = "validity-days-most"
    case ordinaryDays = "ordinary-days"
    case emergencyDays = "emergency-days"
    case herbalDays = "herbal-days"
    case psychotropicIIDays = "psychotropic-2-days"
    case toxicDays = "toxic-days"
    case methylphenidateDays = "methylphenidate-days"
    case narcoticSustainedDays = "narcotic-sustained-days"
    case narcoticOtherDays = "narcotic-other-days"
    case narcoticPainSustainedDays = "narcotic-pain-sustained-days"
    case narcoticPainOtherDays = "narcotic-pain-other-days"
    case narcoticPainInjectionDays = "narcotic-pain-injection-days"
    case longDays = "long-days"
    case longDaysMost = "long-days-most"
    case longRenewalDays = "long-renewal-days"
    case packRoundingDays = "pack-rounding-days"
    case longColdStorage = "long-cold-storage"
    case instalmentDaysMost = "instalment-days-most"
    case instalmentEarlyDays = "instalment-early-days"
    case instalmentGraceDays = "instalment-grace-days"
    case followUpDays = "follow-up-days"
    case assessmentDaysMost = "assessment-days-most"
    case reserveDays = "reserve-days"

    /// What is counted.
    public enum Unit: String, StoredText, Codable, CaseIterable {
        case days, products
        /// 1 allows, 0 does not.
        case permission
    }

    public var unit: Unit {
        switch self {
        case .productsMost: .products
        case .longColdStorage: .permission
        default: .days
        }
    }

    /// The national value.
    public var national: Int {
        switch self {
        case .productsMost: 5
        case .validityDaysMost, .emergencyDays, .narcoticOtherDays, .narcoticPainInjectionDays: 3
        case .ordinaryDays, .herbalDays, .psychotropicIIDays, .narcoticSustainedDays, .narcoticPainOtherDays, .longRenewalDays: 7
        case .instalmentEarlyDays, .instalmentGraceDays, .reserveDays: 7
        case .toxicDays: 2
        case .methylphenidateDays, .narcoticPainSustainedDays: 15
        case .assessmentDaysMost: 14
        case .longDays, .instalmentDaysMost, .followUpDays: 28
        case .longDaysMost: 84
        case .packRoundingDays, .longColdStorage: 0
        }
    }

    /// Whether the rule blocks; a consortium may set a hard limit stricter than its region's, and never looser.
    public var isHard: Bool {
        switch self {
        case .ordinaryDays, .emergencyDays, .herbalDays, .psychotropicIIDays, .reserveDays: false
        default: true
        }
    }

    /// What may be set at all.
    public var range: ClosedRange<Int> {
        switch self {
        case .longColdStorage: 0...1
        case .longRenewalDays, .packRoundingDays, .instalmentEarlyDays, .instalmentGraceDays, .reserveDays: 0...30
        case .instalmentDaysMost: 7...84
        case .productsMost: 1...20
        default: 1...366
        }
    }

    public var meaning: Phrase {
        switch self {
        case .productsMost: Phrase("每张处方药品数", "Products on one prescription")
        case .validityDaysMost: Phrase("处方有效天数", "Days on which a prescription may be dispensed")
        case .ordinaryDays: Phrase("普通处方天数", "Days of an ordinary prescription")
        case .emergencyDays: Phrase("急诊处方天数", "Days of an emergency prescription")
        case .herbalDays: Phrase("中药饮片处方天数", "Days of a prescription of herbal pieces")
        case .psychotropicIIDays: Phrase("第二类精神药品天数", "Days of class II psychotropics")
        case .toxicDays: Phrase("毒性药品天数", "Days of toxic drugs")
        case .methylphenidateDays: Phrase("哌甲酯（多动症）天数", "Days of methylphenidate for attention deficit")
        case .narcoticSustainedDays: Phrase("麻精一控缓释制剂天数", "Days of narcotics in sustained release")
        case .narcoticOtherDays: Phrase("麻精一其他剂型天数", "Days of narcotics in other forms")
        case .narcoticPainSustainedDays: Phrase("癌痛等麻精一控缓释制剂天数", "Days of narcotics in sustained release, in severe pain")
        case .narcoticPainOtherDays: Phrase("癌痛等麻精一其他剂型天数", "Days of narcotics in other forms, in severe pain")
        case .narcoticPainInjectionDays: Phrase("癌痛等麻精一注射剂天数", "Days of narcotic injections, in severe pain")
        case .longDays: Phrase("长期处方一般天数", "Days of a long prescription")
        case .longDaysMost: Phrase("长期处方最长天数", "Days of a long prescription of a stable and assessed patient")
        case .longRenewalDays: Phrase("续方可提前天数", "Days of earlier medicine that may be ahead at a renewal")
        case .packRoundingDays: Phrase("整盒取整可多天数", "Days by which whole packs may outlast the course")
        case .longColdStorage: Phrase("长期处方可含冷藏药品", "Whether a long prescription may hold what is stored cold")
        case .instalmentDaysMost: Phrase("分次取药每次天数", "Days that one instalment of a long prescription lasts")
        case .instalmentEarlyDays: Phrase("分次取药可提前天数", "Days before its due day from which an instalment is collected")
        case .instalmentGraceDays: Phrase("分次取药可推迟天数", "Days after its due day through which an instalment is collected")
        case .followUpDays: Phrase("随访间隔天数", "Days from one follow-up of a long prescription to the next")
        case .assessmentDaysMost: Phrase("评估有效天数", "Days for which an assessment holds when a long prescription begins")
        case .reserveDays: Phrase("提前备药天数", "Days before the due day from which stock is set aside")
        }
    }

    /// The rule the national value stands in.
    public var source: String {
        switch self {
        case .productsMost: "处方管理办法 R-RX-06"
        case .validityDaysMost: "处方管理办法 R-RX-02"
        case .ordinaryDays: "处方管理办法 R-RX-03"
        case .emergencyDays: "处方管理办法 R-RX-04"
        case .herbalDays: "处方管理办法 R-RX-03, R-RX-07"
        case .psychotropicIIDays, .methylphenidateDays, .narcoticSustainedDays, .narcoticOtherDays, .narcoticPainSustainedDays,
            .narcoticPainOtherDays, .narcoticPainInjectionDays:
            "处方管理办法 §3 controlled drugs"
        case .toxicDays: "医疗用毒性药品管理办法 art. 9"
        case .longDays, .longDaysMost: "长期处方管理规范 R-LP-04"
        case .longRenewalDays, .packRoundingDays: "长期处方管理规范 R-LP-04, design rule"
        case .longColdStorage: "长期处方管理规范 R-LP-03"
        case .instalmentDaysMost, .instalmentEarlyDays, .instalmentGraceDays: "长期处方管理规范 §4 split dispensing, design rule"
        case .followUpDays, .assessmentDaysMost: "长期处方管理规范 R-LP-08, design rule"
        case .reserveDays: "design rule"
        }
    }

    /// Every limit as the national norms have it.
    public static var nationalValues: [LimitKey: Int] { Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.national) }) }
}
