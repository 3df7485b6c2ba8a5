import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing

@testable import Formulary

@Suite("Strengths")
struct StrengthTests {
    @Test(
        "tell the amounts in one base unit",
        arguments: [
            ("5mg", "tablet", "5mg"), ("0.25ug", "capsule", "250ng"), ("0.5g", "tablet", "500mg"), ("2.5万单位", "capsule", "25000IU"),
            ("80万IU", "vial", "800000IU"), ("5MU", "vial", "5000000IU"), ("80mg/12.5mg", "tablet", "80mg 12.5mg"),
            ("0.15g/75mg/0.4g/0.275g", "tablet", "150mg 75mg 400mg 275mg"), ("2ml:200mg", "ampoule", "200mg"),
            ("2ml:1.25万单位", "ampoule", "12500IU"), ("0.4ml:4000AxaIU", "piece", "4000IU"),
            ("3ml:300单位/10.8mg", "pen", "300IU 10.8mg"), ("100ml:0.5g:0.9g", "infusion", "500mg 900mg"),
            ("500ml:25g:4.5g", "bottle", "25g 4.5g"), ("10g:0.2g", "piece", "200mg"), ("20g(2%)", "piece", "400mg"),
            ("10g(0.025%)", "piece", "2.5mg"), ("1.34mg/ml,3ml", "pen", "4.02mg"), ("1.34mg/ml,1.5ml", "pen", "2.01mg"),
            ("50ug*200揿", "bottle", "10mg"), ("50ug*120喷", "bottle", "6mg"), ("80ug/4.5ug,60吸", "bottle", "4.8mg 270ug"),
            ("5ug,60次", "pen", "300ug"), ("每8丸3g", "pill", "375mg"), ("每10丸1.7g", "pill", "170mg"), ("每10粒重2g", "pill", "200mg"),
            ("每袋3g", "sachet", "3g"), ("每粒0.3g", "capsule", "300mg"), ("饮片", "g", "1g"),
        ] as [(String, String, String)])
    func amounts(text: String, unit: String, expected: String) throws {
        #expect(try Strength(text, baseUnit: unit).amounts.map(\.description).joined(separator: " ") == expected)
    }

    @Test(
        "that cannot be read are reported and not guessed",
        arguments: [
            ("复方", "tablet", .compound), ("500ml", "bottle", .volumeOnly), ("20mg/ml", "bottle", .volumeOnly),
            ("每8丸相当于原药材3g", "pill", .crudeEquivalent), ("7cm×10cm", "patch", .unknownForm), ("10g:0.2g", "vial", .unknownForm),
            ("每3丸1ug", "pill", .notWhole), ("5 mg", "tablet", .unknownForm), ("5mg/片", "tablet", .unknownForm),
            ("", "tablet", .unknownForm), ("0mg", "tablet", .unknownForm), ("-5mg", "tablet", .unknownForm),
            ("5.mg", "tablet", .unknownForm), ("1.0000000001mg", "tablet", .unknownForm), ("5mg//5mg", "tablet", .unknownForm),
            ("50ug*揿", "bottle", .unknownForm), ("20g(%)", "piece", .unknownForm), ("2ml:", "ampoule", .unknownForm),
        ] as [(String, String, Strength.Problem)])
    func problems(text: String, unit: String, expected: Strength.Problem) {
        #expect(throws: expected) { try Strength(text, baseUnit: unit) }
    }

    @Test("amounts read back as they are written")
    func roundTrip() throws {
        for value in [1, 999, 1_000, 1_250, 999_999_999, 1_000_000_000, 1_500_000_001, 25_000_000_000] as [Int64] {
            let amount = Amount(.mass, value)
            #expect(Amount(amount.description) == amount, "\(amount)")
        }
        #expect(Amount("400IU") == Amount(.units, 400) && Amount("40万IU")?.value == 400_000)
    }

    @Test("of the shipped medicines all are read but those that do not tell")
    func shipped() throws {
        var unread: [Strength.Problem: [String]] = [:]
        var read = 0
        for product in try ShippedProducts.all() where product.kind != .consumable {
            do {
                read += try Strength(product.strength, baseUnit: product.baseUnit).amounts.isEmpty ? 0 : 1
            } catch {
                unread[error, default: []].append("\(product.genericName) \(product.strength)")
            }
        }
        #expect(read > 1_750)
        #expect(Set(unread[.compound] ?? []).count == 9, "\(unread[.compound] ?? [])")
        #expect(unread[.volumeOnly]?.allSatisfy { $0.hasSuffix("ml") } == true, "\(unread[.volumeOnly] ?? [])")
        #expect(unread[.crudeEquivalent] == ["逍遥丸 每8丸相当于原药材3g"])
        #expect(unread[.unknownForm] == ["麝香追风止痛膏 7cm×10cm"], "\(unread[.unknownForm] ?? [])")
        #expect(unread[.notWhole] == nil)
    }
}

/// The products of `Catalogs`.
enum ShippedProducts {
    static func all() throws -> [Product] {
        var products: [Product] = []
        for folder in ["products", "herbal-pieces", "mongolian-medicines", "consumables"] {
            let path = "\(repositoryRoot)/Catalogs/\(folder)/products.csv"
            let file = try CatalogFile(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
            let columns = Dictionary(uniqueKeysWithValues: file.header.enumerated().map { ($0.element, $0.offset) })
            for record in file.records {
                func field(_ name: String) throws -> String { record.fields[try #require(columns[name])] }
                products.append(
                    Product(
                        id: ProductID(Int64(products.count + 1)), code: try field("code"),
                        kind: try #require(ProductKind(rawValue: try field("kind"))), genericName: try field("generic_name"),
                        englishName: try field("english_name"), dosageForm: try field("dosage_form"),
                        strength: try field("strength"), baseUnit: try field("base_unit"), drugClass: try field("drug_class"),
                        reimbursement: .none, essential: false, volumeBased: false,
                        longPrescription: try field("long_prescription") == "yes",
                        specialControl: try #require(SpecialControl(rawValue: try field("special_control"))),
                        storage: try #require(StorageCondition(rawValue: try field("storage"))), lightProtected: false,
                        diseaseGroups: []))
            }
        }
        return products
    }
}
