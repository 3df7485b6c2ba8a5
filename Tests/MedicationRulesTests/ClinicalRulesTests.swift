import Foundation
import MedicationRules
import Parties
import Primitives
import TestSupport
import Testing

@testable import Formulary

@Suite("All rules together")
struct ClinicalRulesTests {
    /// A prescription of some shipped products for somebody, the same for a seed.
    static func prescription(seed: UInt64, _ products: [Product]) -> CheckedPrescription {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let frequencies = ["qd", "bid", "tid", "qw", "prn"]
        let lines = (1...(2 + next(5))).compactMap { number in
            Checking.line(
                products[next(products.count)], number: number, dose: Int64(500 * (1 + next(8))), frequency: frequencies[next(5)])
        }
        let patient = CheckedPatient(
            birthOn: Checking.today.adding(days: -next(30_000)), sex: [.female, .male, .unknown][next(3)],
            weightGrams: next(2) == 0 ? nil : Int64(3_000 + next(80_000)), allergies: [["青霉素"], ["nsaids"], []][next(3)],
            diagnoses: [["I10"], ["J06.9"], []][next(3)])
        let current = CurrentMedication(
            product: products[next(products.count)], through: Checking.today.adding(days: next(30)), document: "CF-2026-000001")
        return CheckedPrescription(
            patient: patient, on: Checking.today, isLong: next(2) == 0, level: [.city, .county, .township, .village][next(4)],
            lines: lines, current: [current])
    }

    @Test("find the same whatever the order of the lines, gravest first, and each once")
    func order() throws {
        let rules = ClinicalRules(catalogue: try ShippedRulesTests.catalogue())
        let products = try ShippedProducts.all().filter { $0.kind != .consumable }
        var total = 0
        for seed in UInt64(1)...300 {
            var prescription = Self.prescription(seed: seed, products)
            let found = rules.findings(of: prescription)
            total += found.count
            prescription.lines.reverse()
            #expect(rules.findings(of: prescription) == found, "seed \(seed)")
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.severity >= $1.severity }, "seed \(seed)")
            #expect(Set(found).count == found.count, "seed \(seed)")
            let numbers = Set(prescription.lines.map(\.number))
            #expect(found.allSatisfy { Set($0.lines).isSubset(of: numbers) }, "seed \(seed)")
            #expect(found.allSatisfy { !$0.message.isEmpty && !$0.messageEnglish.isEmpty && !$0.source.isEmpty })
            #expect(ClinicalRules(catalogue: .empty).findings(of: prescription).isEmpty)
        }
        #expect(total > 100)
    }

    @Test("an interaction is the same from either side")
    func symmetry() throws {
        let rules = ClinicalRules(catalogue: try ShippedRulesTests.catalogue())
        let products = try ShippedProducts.all().filter { $0.kind != .consumable }
        for seed in UInt64(1)...200 {
            let lines = Self.prescription(seed: seed, products).lines.prefix(2).map(\.product)
            func codes(_ pair: [Product]) -> [String] {
                rules.findings(of: Checking.prescription(pair)).filter { $0.rule.hasPrefix("interaction.") }
                    .map { "\($0.rule) \($0.source)" }
            }
            #expect(codes(lines) == codes(lines.reversed()), "seed \(seed)")
        }
    }

    @Test("nothing is found about a medicine that no catalogue knows")
    func unknown() throws {
        let rules = ClinicalRules(catalogue: try ShippedRulesTests.catalogue())
        let products = [Checking.product(1, "某某胶囊"), Checking.product(2, "另一口服液", form: "oral_solution")]
        #expect(rules.findings(of: Checking.prescription(products)).isEmpty)
    }

    @Test("the dosage forms are those of the catalogue, each with its usual way")
    func forms() throws {
        let text = try String(contentsOfFile: "\(repositoryRoot)/Catalogs/dosage-forms/dosage-forms.csv", encoding: .utf8)
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",").map(String.init)
            let expected = RouteGroup(rawValue: fields[3]) ?? .other
            #expect(RouteGroup(dosageForm: fields[0]) == expected, "\(fields[0])")
        }
    }
}
