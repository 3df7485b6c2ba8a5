import MedicationRules
import Foundation
import Primitives
import TestSupport
import Testing

@Suite("Doses and frequencies")
struct DosingTests {
    @Test("the frequencies are those of the catalogue")
    func catalogue() throws {
        let text = try String(
            contentsOfFile: "\(repositoryRoot)/Catalogs/order-frequencies/order-frequencies.csv", encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
        #expect(rows.count == 44)
        for row in rows {
            let code = try #require(row.first)
            let frequency = try #require(DosingFrequency(code: code), "\(code)")
            #expect([frequency.cycleHours, frequency.timesPerCycle] == row.suffix(2).compactMap { Int64($0) }, "\(code)")
        }
        #expect(DosingFrequency(code: "BID") == nil)
    }

    @Test(
        "a quantity lasts as long as its doses do, rounded down",
        arguments: [
            ("tid", "2", 42, 7), ("qd", "1", 28, 28), ("qd", "0.5", 28, 56), ("qod", "1", 7, 14), ("qw", "1", 1, 7),
            ("q8h", "1", 8, 2), ("bid", "1.5", 10, 3), ("q30min", "1", 48, 1), ("biw", "1", 1, 3),
        ] as [(String, String, BaseUnits, Int)])
    func lasts(code: String, dose: String, quantity: BaseUnits, days: Int) throws {
        let frequency = try #require(DosingFrequency(code: code))
        let amount = try #require(DoseAmount(dose))
        #expect(frequency.daysLasted(by: quantity, dose: amount) == days)
    }

    @Test("a dose taken when necessary does not tell how long a quantity lasts", arguments: ["prn", "st", "sos", "once"])
    func untold(code: String) throws {
        let frequency = try #require(DosingFrequency(code: code))
        #expect(frequency.daysLasted(by: 100, dose: DoseAmount(thousandths: 1_000)) == nil)
    }

    @Test("the largest quantity and the slowest frequency do not overflow")
    func bounds() throws {
        let slowest = try #require(DosingFrequency(code: "q24w"))
        let days = try #require(slowest.daysLasted(by: .entryMax, dose: DoseAmount(thousandths: 1)))
        #expect(days > 0)
    }

    @Test(
        "doses are decimal strings",
        arguments: [("0.5", 500), ("1", 1_000), ("12.345", 12_345), ("0.001", 1), ("100000", 100_000_000)])
    func doses(text: String, thousandths: Int64) throws {
        let dose = try #require(DoseAmount(text))
        #expect(dose.thousandths == thousandths)
        #expect(dose.description == text)
        let json = try JSONEncoder().encode([dose])
        #expect(try JSONDecoder().decode([DoseAmount].self, from: json) == [dose])
    }

    @Test(
        "what is no dose is not read",
        arguments: ["", "0", "-1", "1.2345", ".5", "5.", "1e3", "100000.001", "1234567", "半片", "1 "])
    func wrongDoses(text: String) {
        #expect(DoseAmount(text) == nil)
    }
}
