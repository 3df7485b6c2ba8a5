import Dispensing
import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing

@Suite("Doses in words")
struct DoseInWordsTests {
    static let oral = Phrase("口服", "by mouth")

    struct Case: Sendable, CustomTestStringConvertible {
        let dose: Int64
        let unit: String
        let strength: String
        let frequency: String
        var text = ""
        var route: Phrase? = oral
        let chinese: String
        let english: String
        var testDescription: String { chinese }

        init(
            _ dose: Int64, _ unit: String, _ strength: String, _ frequency: String, text: String = "", route: Phrase? = oral,
            _ chinese: String, _ english: String
        ) {
            self.dose = dose
            self.unit = unit
            self.strength = strength
            self.frequency = frequency
            self.text = text
            self.route = route
            self.chinese = chinese
            self.english = english
        }
    }

    static let injection = Phrase("注射", "by injection")

    static let amounts: [Case] = [
        Case(1_000, "tablet", "5mg", "qd", "每次1片(5mg)，每日1次，口服", "1 tablet(5mg), once daily, by mouth"),
        Case(2_000, "capsule", "0.25g", "tid", "每次2粒(0.5g)，每日3次，口服", "2 capsules(0.5g), 3 times daily, by mouth"),
        Case(500, "tablet", "5mg", "bid", "每次半片(2.5mg)，每日2次，口服", "half a tablet(2.5mg), twice daily, by mouth"),
        Case(250, "tablet", "10mg", "qd", "每次1/4片(2.5mg)，每日1次，口服", "1/4 tablet(2.5mg), once daily, by mouth"),
        Case(750, "tablet", "4mg", "qd", "每次3/4片(3mg)，每日1次，口服", "3/4 tablet(3mg), once daily, by mouth"),
        Case(333, "tablet", "15mg", "qd", "每次1/3片(5mg)，每日1次，口服", "1/3 tablet(5mg), once daily, by mouth"),
        // A third of 5 mg is no number that can be written.
        Case(333, "tablet", "5mg", "qd", "每次1/3片，每日1次，口服", "1/3 tablet, once daily, by mouth"),
        Case(667, "tablet", "15mg", "qd", "每次2/3片(10mg)，每日1次，口服", "2/3 tablet(10mg), once daily, by mouth"),
        Case(666, "tablet", "15mg", "qd", "每次2/3片(10mg)，每日1次，口服", "2/3 tablet(10mg), once daily, by mouth"),
        Case(1_500, "tablet", "5mg", "qd", "每次1片半(7.5mg)，每日1次，口服", "1 1/2 tablets(7.5mg), once daily, by mouth"),
        Case(2_250, "tablet", "4mg", "qd", "每次2又1/4片(9mg)，每日1次，口服", "2 1/4 tablets(9mg), once daily, by mouth"),
        Case(1_333, "tablet", "15mg", "qd", "每次1又1/3片(20mg)，每日1次，口服", "1 1/3 tablets(20mg), once daily, by mouth"),
        Case(200, "tablet", "50mg", "qd", "每次0.2片(10mg)，每日1次，口服", "0.2 tablets(10mg), once daily, by mouth"),
        Case(1_250, "capsule", "0.4g", "qd", "每次1又1/4粒(0.5g)，每日1次，口服", "1 1/4 capsules(0.5g), once daily, by mouth"),
        Case(10_000, "ml", "", "tid", "每次10毫升，每日3次，口服", "10 ml, 3 times daily, by mouth"),
        Case(2_500, "ml", "", "qn", "每次2.5毫升，每日晚上1次，口服", "2.5 ml, every evening, by mouth"),
        Case(500, "g", "", "bid", "每次0.5克，每日2次，口服", "0.5 g, twice daily, by mouth"),
        Case(3_000, "sachet", "3g", "tid", "每次3袋(9g)，每日3次，口服", "3 sachets(9g), 3 times daily, by mouth"),
        Case(8_000, "pill", "", "tid", "每次8丸，每日3次，口服", "8 pills, 3 times daily, by mouth"),
        Case(1_000, "tablet", "500mg/5mg", "qd", "每次1片，每日1次，口服", "1 tablet, once daily, by mouth"),
        Case(
            17, "bottle", "5ug,60次", "bid", text: "2喷", route: Phrase("吸入", "inhaled"), "每次2喷，每日2次，吸入",
            "2喷, twice daily, inhaled"),
        Case(1_000, "bottle", "10ml", "tid", "每次1瓶(10ml)，每日3次，口服", "1 bottle(10ml), 3 times daily, by mouth"),
        Case(100, "vial", "10ml:400单位", "tid", text: "4单位", route: injection, "每次4单位，每日3次，注射", "4单位, 3 times daily, by injection"),
        Case(1_000, "ampoule", "2ml:10mg", "once", route: injection, "每次1支(10mg)，只用1次，注射", "1 ampoule(10mg), once only, by injection"),
        Case(500, "ampoule", "2ml:10mg", "st", route: injection, "每次半支(5mg)，立即用1次，注射", "half an ampoule(5mg), once, immediately, by injection"),
        Case(1_000, "patch", "", "q72h", route: nil, "每次1贴，每72小时1次", "1 patch, every 72 hours"),
        Case(2_000, "patch", "", "q3d", route: nil, "每次2贴，每3日1次", "2 patches, every 3 days"),
        Case(1_000, "suppository", "0.5g", "prn", route: nil, "每次1枚(0.5g)，必要时用", "1 suppository(0.5g), when needed"),
        Case(2_000, "suppository", "0.5g", "qd", route: nil, "每次2枚(1g)，每日1次", "2 suppositories(1g), once daily"),
    ]

    static let frequencies: [(String, String, String)] = [
        ("st", "立即用1次", "once, immediately"), ("prn", "必要时用", "when needed"), ("sos", "需要时用1次", "once, if needed"),
        ("once", "只用1次", "once only"), ("qd", "每日1次", "once daily"), ("qm", "每日早晨1次", "every morning"),
        ("qn", "每日晚上1次", "every evening"), ("hs", "每日睡前1次", "at bedtime"), ("bid", "每日2次", "twice daily"),
        ("tid", "每日3次", "3 times daily"), ("qid", "每日4次", "4 times daily"), ("quingid", "每日5次", "5 times daily"),
        ("sexid", "每日6次", "6 times daily"), ("bid_ac", "每日2次，饭前", "twice daily, before meals"),
        ("tid_ac", "每日3次，饭前", "3 times daily, before meals"), ("tid_pc", "每日3次，饭后", "3 times daily, after meals"),
        ("qod", "隔日1次", "every other day"), ("q2d", "每2日1次", "every 2 days"), ("q3d", "每3日1次", "every 3 days"),
        ("q4d", "每4日1次", "every 4 days"), ("q5d", "每5日1次", "every 5 days"), ("q10d", "每10日1次", "every 10 days"),
        ("qw", "每周1次", "once weekly"), ("biw", "每周2次", "twice weekly"), ("tiw", "每周3次", "3 times weekly"),
        ("qiw", "每周4次", "4 times weekly"), ("fiw", "每周5次", "5 times weekly"), ("q2w", "每2周1次", "every 2 weeks"),
        ("q3w", "每3周1次", "every 3 weeks"), ("q4w", "每4周1次", "every 4 weeks"), ("q6w", "每6周1次", "every 6 weeks"),
        ("q8w", "每8周1次", "every 8 weeks"), ("q12w", "每12周1次", "every 12 weeks"), ("q24w", "每24周1次", "every 24 weeks"),
        ("q30min", "每30分钟1次", "every 30 minutes"), ("q1h", "每小时1次", "every hour"), ("q2h", "每2小时1次", "every 2 hours"),
        ("q3h", "每3小时1次", "every 3 hours"), ("q4h", "每4小时1次", "every 4 hours"), ("q6h", "每6小时1次", "every 6 hours"),
        ("q8h", "每8小时1次", "every 8 hours"), ("q12h", "每12小时1次", "every 12 hours"), ("q36h", "每36小时1次", "every 36 hours"),
        ("q72h", "每72小时1次", "every 72 hours"),
    ]

    @Test("say the amount as people do, exactly or not at all", arguments: amounts)
    func amount(of example: Case) throws {
        let words = DoseInWords(
            dose: DoseAmount(thousandths: example.dose), doseText: example.text, unit: UnitWords(code: example.unit),
            strength: example.strength, frequency: try #require(DosingFrequency(code: example.frequency)), route: example.route)
        #expect(words.phrase.chinese == example.chinese)
        #expect(words.phrase.english == example.english)
    }

    @Test("say how often, before or after meals", arguments: frequencies)
    func often(code: String, chinese: String, english: String) throws {
        let words = DoseInWords(
            dose: DoseAmount(thousandths: 1_000), unit: UnitWords(code: "tablet"),
            frequency: try #require(DosingFrequency(code: code)))
        #expect(words.phrase == Phrase("每次1片，\(chinese)", "1 tablet, \(english)"))
    }

    @Test("meals come last, after the route")
    func meals() throws {
        let words = DoseInWords(
            dose: DoseAmount(thousandths: 500), unit: UnitWords(code: "tablet"), strength: "5mg",
            frequency: try #require(DosingFrequency(code: "tid_pc")), route: Self.oral)
        #expect(words.phrase.chinese == "每次半片(2.5mg)，每日3次，口服，饭后")
    }

    @Test("there are words for every code of the catalogues")
    func catalogues() throws {
        func codes(_ file: String) throws -> [String] {
            try String(contentsOfFile: "\(repositoryRoot)/Catalogs/\(file)", encoding: .utf8).split(separator: "\n").dropFirst()
                .compactMap { $0.split(separator: ",").first.map(String.init) }
        }
        #expect(Set(try codes("order-frequencies/order-frequencies.csv")) == Set(Self.frequencies.map(\.0)))
        for unit in try codes("units/units.csv") { #expect(UnitWords(code: unit).chinese != unit, "\(unit)") }
    }
}
