import Dispensing
import Foundation
import Postgres
import Primitives
import Testing

@Suite("A resident number")
struct ResidentNumberTests {
    static let today = CalendarDate(day: 20_778)

    @Test(
        "is read when its check character agrees, an x in either case",
        arguments: [
            ("11010519491231002X", "1949-12-31", Sex.female), ("11010519491231002x", "1949-12-31", .female),
            ("110101199003070134", "1990-03-07", .male), ("320101198501010016", "1985-01-01", .male),
        ])
    func valid(text: String, birthOn: String, sex: Sex) throws {
        let number = try #require(ResidentNumber(text, on: Self.today))
        #expect(number.birthOn.description == birthOn)
        #expect(number.sex == sex)
    }

    @Test(
        "is refused for a wrong check character, length, letter, day, or a birth in the future",
        arguments: [
            "110105194912310021", "11010519491231002", "11010519491231002XX", "1101051949123100AX", "110101199002300137",
            "11010119900307013X", "", "440524188001010014", "110101209903070013", "１１０１０１１９９００３０７０１３４",
        ])
    func invalid(text: String) {
        #expect(ResidentNumber(text, on: Self.today) == nil)
    }

    @Test("every change of one digit is noticed")
    func oneDigit() {
        let valid = Array("110101199003070134")
        for position in valid.indices {
            for digit in "0123456789" where digit != valid[position] {
                var changed = valid
                changed[position] = digit
                #expect(ResidentNumber(String(changed), on: Self.today) == nil, "\(String(changed))")
            }
        }
    }

    @Test("never shows itself: not printed, not described, not mirrored")
    func isHidden() throws {
        let number = try #require(ResidentNumber("110101199003070134", on: Self.today))
        for text in ["\(number)", String(reflecting: number), "\(Optional(number) as Any)", "\([number])"] {
            #expect(!text.contains("19900307"), "\(text)")
        }
        var dumped = ""
        dump(number, to: &dumped)
        #expect(!dumped.contains("19900307"))
        #expect(number.masked == "110**************4")
    }

    @Test("has one digest under one pepper, another under another")
    func digest() throws {
        let number = try #require(ResidentNumber("11010519491231002x", on: Self.today))
        let same = try #require(ResidentNumber("11010519491231002X", on: Self.today))
        let pepper = try #require(ResidentPepper(bytes: Array(repeating: 1, count: 32)))
        let other = try #require(ResidentPepper(bytes: Array(repeating: 2, count: 32)))
        #expect(pepper.digest(of: number) == pepper.digest(of: same))
        #expect(pepper.digest(of: number) != other.digest(of: number))
        #expect(pepper.digest(of: number).bytes.count == 32)
        #expect(ResidentPepper(bytes: Array(repeating: 1, count: 31)) == nil)
        #expect("\(pepper)" == "ResidentPepper")
    }
}
