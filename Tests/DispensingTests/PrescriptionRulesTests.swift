import Dispensing
import MedicationRules
import Primitives
import Testing

@testable import Formulary

@Suite("The rules of prescriptions")
struct PrescriptionRulesTests {
    static let today = CalendarDate(day: 20_778)

    static func product(
        _ id: Int64, _ name: String = "某药", kind: ProductKind = .western, form: String = "tablet",
        control: SpecialControl = .none,
        long: Bool = false
    ) -> Product {
        Product(
            id: ProductID(id), code: "W\(id)", kind: kind, genericName: name, englishName: "", dosageForm: form, strength: "1mg",
            baseUnit: "tablet", drugClass: "", reimbursement: .none, essential: false, volumeBased: false, longPrescription: long,
            specialControl: control, storage: .room, lightProtected: false, diseaseGroups: [])
    }

    static func line(_ id: Int64 = 1, quantity: BaseUnits = 7, dose: Int64 = 1_000, frequency: String = "qd", days: Int = 7)
        throws
        -> PrescriptionLine
    {
        PrescriptionLine(
            product: ProductID(id), quantity: quantity, doseText: "", dose: DoseAmount(thousandths: dose),
            frequency: try #require(DosingFrequency(code: frequency)), days: days)
    }

    /// The code of the refusal; `nil` when the prescription may be written.
    static func refusal(
        _ lines: [PrescriptionLine], of products: [Product], kind: PrescriptionKind, diagnosis: String = "高血压",
        validityDays: Int = 1, reason: String = "", purpose: ControlledPurpose = .none, records: [LongRecord] = [],
        covered: [(String, CoveredDays)] = []
    ) -> String? {
        let days = lines.first?.days ?? 1
        let herbal = kind == .herbal ? HerbalDirections(doses: days, method: "水煎服") : nil
        let content = PrescriptionContent(
            diagnosis: diagnosis, validityDays: validityDays, reason: reason, purpose: purpose, longRecords: records,
            herbal: herbal, lines: lines)
        let prescription = PrescriptionRules.Case(
            content, kind: kind, products: Dictionary(uniqueKeysWithValues: products.map { ($0.id, $0) }),
            covered: covered.map { (genericName: $0.0, days: $0.1) }, today: today)
        do {
            try PrescriptionRules().check(prescription)
            return nil
        } catch let refusal as any Refusal {
            return refusal.refusalCode.rawValue
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "limit the supply by kind; a reason lifts the limits that are not hard",
        arguments: [
            // kind, days, reason, refusal
            (.ordinary, 7, "", nil), (.ordinary, 8, "", "dispensing.reason-required"), (.ordinary, 30, "慢性病", nil),
            (.emergency, 3, "", nil), (.emergency, 4, "", "dispensing.reason-required"), (.emergency, 4, "路远", nil),
        ] as [(PrescriptionKind, Int, String, String?)])
    func supply(kind: PrescriptionKind, days: Int, reason: String, expected: String?) throws {
        let line = try Self.line(quantity: BaseUnits(Int64(days)), days: days)
        #expect(Self.refusal([line], of: [Self.product(1)], kind: kind, reason: reason) == expected)
    }

    @Test(
        "limit controlled drugs by class, form and purpose, whatever the reason",
        arguments: [
            // control, form, purpose, generic name, days, refused
            (.narcotic, "tablet", .none, "盐酸吗啡片", 3, false), (.narcotic, "tablet", .none, "盐酸吗啡片", 4, true),
            (.narcotic, "tablet", .severePain, "盐酸吗啡片", 7, false), (.narcotic, "tablet", .severePain, "盐酸吗啡片", 8, true),
            (.narcotic, "tablet_sustained", .none, "硫酸吗啡缓释片", 7, false),
            (.narcotic, "tablet_sustained", .none, "硫酸吗啡缓释片", 8, true),
            (.narcotic, "tablet_sustained", .severePain, "硫酸吗啡缓释片", 15, false),
            (.narcotic, "tablet_sustained", .severePain, "硫酸吗啡缓释片", 16, true),
            (.narcotic, "injection", .severePain, "盐酸吗啡注射液", 3, false),
            (.narcotic, "injection", .severePain, "盐酸吗啡注射液", 4, true),
            (.narcotic, "injection", .none, "盐酸吗啡注射液", 1, false), (.narcotic, "injection", .none, "盐酸吗啡注射液", 2, true),
            (.narcotic, "injection", .severePain, "盐酸哌替啶注射液", 2, true),
            (.psychotropicI, "tablet", .none, "盐酸哌甲酯片", 4, true), (.psychotropicI, "tablet", .adhd, "盐酸哌甲酯片", 15, false),
            (.psychotropicI, "tablet", .adhd, "盐酸哌甲酯片", 16, true), (.psychotropicI, "tablet", .adhd, "氯胺酮", 4, true),
        ] as [(SpecialControl, String, ControlledPurpose, String, Int, Bool)])
    func controlled(
        control: SpecialControl, form: String, purpose: ControlledPurpose, name: String, days: Int, isRefused: Bool
    ) throws {
        let product = Self.product(1, name, form: form, control: control)
        let line = try Self.line(quantity: BaseUnits(Int64(days)), days: days)
        let refusal = Self.refusal([line], of: [product], kind: .narcotic, reason: "病情需要", purpose: purpose)
        #expect(refusal == (isRefused ? "dispensing.supply-too-long" : nil))
    }

    @Test("limit psychotropic II to a week without a reason, toxic drugs and pieces to two days with any")
    func otherControls() throws {
        let sedative = Self.product(1, "地西泮片", control: .psychotropicII)
        let eight = try Self.line(quantity: 8, days: 8)
        #expect(Self.refusal([try Self.line()], of: [sedative], kind: .psychotropicII) == nil)
        #expect(Self.refusal([eight], of: [sedative], kind: .psychotropicII) == "dispensing.reason-required")
        #expect(Self.refusal([eight], of: [sedative], kind: .psychotropicII, reason: "慢性失眠") == nil)
        for (product, kind) in [
            (Self.product(1, "亚砷酸", control: .toxic), PrescriptionKind.toxic),
            (Self.product(1, "生附子", kind: .herbal, control: .toxic), .herbal),
        ] {
            #expect(Self.refusal([try Self.line(quantity: 2, days: 2)], of: [product], kind: kind) == nil)
            let three = try Self.line(quantity: 3, days: 3)
            #expect(Self.refusal([three], of: [product], kind: kind, reason: "病情需要") == "dispensing.supply-too-long")
        }
    }

    @Test("count what the quantity lasts when the stated days say less")
    func quantityTells() throws {
        let month = try Self.line(quantity: 30, days: 7)
        #expect(Self.refusal([month], of: [Self.product(1)], kind: .ordinary) == "dispensing.quantity-differs")
        #expect(PrescriptionLimits.national.suppliedDays(month) == 30)
        var rounding = PrescriptionLimits.national
        rounding.packRoundingDays = 2
        #expect(rounding.suppliedDays(try Self.line(quantity: 9)) == 7)
    }

    @Test("allow five products, and herbal pieces without number on a prescription of their own")
    func products() throws {
        let six = try (1...6).map { try Self.line(Int64($0)) }
        let medicines = (1...6).map { Self.product(Int64($0)) }
        #expect(Self.refusal(Array(six.prefix(5)), of: medicines, kind: .ordinary) == nil)
        #expect(Self.refusal(six, of: medicines, kind: .ordinary) == "dispensing.too-many-products")
        let pieces = (1...12).map { Self.product(Int64($0), kind: .herbal) }
        let twelve = try (1...12).map { try Self.line(Int64($0), quantity: 70, dose: 10_000) }
        #expect(Self.refusal(twelve, of: pieces, kind: .herbal) == nil)
        let mixed = [Self.product(1, kind: .herbal, control: .narcotic), Self.product(2, control: .narcotic)]
        let three = try [1, 2].map { try Self.line($0, quantity: 3, days: 3) }
        #expect(Self.refusal(three, of: mixed, kind: .narcotic) == "dispensing.product-not-for-this-kind")
    }

    @Test("give each product the prescriptions it may stand on")
    func kinds() throws {
        let table: [(Product, Set<PrescriptionKind>)] = [
            (Self.product(1), [.ordinary, .emergency]), (Self.product(1, long: true), [.ordinary, .emergency, .long]),
            (Self.product(1, kind: .patent), [.ordinary, .emergency]), (Self.product(1, kind: .ethnic), [.ordinary, .emergency]),
            (Self.product(1, kind: .herbal), [.herbal]), (Self.product(1, control: .narcotic), [.narcotic]),
            (Self.product(1, control: .psychotropicI), [.narcotic]),
            (Self.product(1, control: .psychotropicII), [.psychotropicII]),
            (Self.product(1, control: .toxic), [.toxic]), (Self.product(1, control: .precursor), [.ordinary, .emergency]),
            (Self.product(1, kind: .herbal, control: .narcotic), [.narcotic]), (Self.product(1, kind: .consumable), []),
        ]
        for (product, kinds) in table {
            for kind in PrescriptionKind.allCases {
                let line = try Self.line(quantity: 1, days: 1)
                let refusal = Self.refusal([line], of: [product], kind: kind, records: LongRecord.allCases)
                #expect(refusal == (kinds.contains(kind) ? nil : "dispensing.product-not-for-this-kind"), "\(product) \(kind)")
            }
        }
        #expect(Self.refusal([try Self.line(9)], of: [], kind: .ordinary) == "dispensing.product-not-for-this-kind")
    }

    @Test("need a diagnosis, a validity of one to three days, and lines that hold")
    func form() throws {
        let medicine = Self.product(1)
        let line = try Self.line()
        #expect(Self.refusal([line], of: [medicine], kind: .ordinary, diagnosis: "  ") == "dispensing.diagnosis-missing")
        for (days, expected) in [(0, true), (1, false), (3, false), (4, true), (-1, true)] {
            let refusal = Self.refusal([line], of: [medicine], kind: .ordinary, validityDays: days)
            #expect(refusal == (expected ? "dispensing.validity-out-of-range" : nil), "\(days)")
        }
        let wrong = [
            [], [line, line], [try Self.line(quantity: 0)], [try Self.line(quantity: -1)],
            [try Self.line(quantity: 1_000_000_000_001)],
            [try Self.line(dose: 0)], [try Self.line(days: 0)], [try Self.line(days: 367)],
        ]
        for lines in wrong { #expect(Self.refusal(lines, of: [medicine], kind: .ordinary) == "dispensing.lines-invalid") }
    }
}
