import Foundation
import Primitives
import Testing

@Suite("Days and moments")
struct CalendarTests {
    @Test("every day from 1900 to 2100 reads back as it was written")
    func daysRoundTrip() throws {
        let first = try #require(CalendarDate(year: 1900, month: 1, day: 1))
        let last = try #require(CalendarDate(year: 2100, month: 12, day: 31))
        #expect(last.days(since: first) == 73_413)
        for day in first.day...last.day {
            let date = CalendarDate(day: day)
            #expect(CalendarDate(date.description) == date)
        }
    }

    @Test("agrees with Foundation's calendar", arguments: UInt64(0)..<100)
    func agreesWithFoundation(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let day = Int32.random(in: -20_000...40_000, using: &random)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
        let own = CalendarDate(day: day).components
        #expect(own.year == parts.year && own.month == parts.month && own.day == parts.day)
    }

    @Test("refuses days that do not exist", arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-04-31", "2026/01/01", "", "2026-01-01 ",
        "1899-12-31", "-2026-01-01", "２０２６-01-01",
    ])
    func refusesDays(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("the business day is Shanghai's", arguments: [
        ("2026-11-20T15:59:59Z", "2026-11-20"), ("2026-11-20T16:00:00Z", "2026-11-21"), ("1969-12-31T15:59:59Z", "1969-12-31"),
        ("2026-11-21T00:00:00+08:00", "2026-11-21"),
    ])
    func businessDay(moment: String, day: String) throws {
        #expect(try #require(Instant(moment)).businessDay.description == day)
    }

    @Test("moments read what PostgreSQL and RFC 3339 write", arguments: [
        ("2026-11-21 08:00:00+00", "2026-11-21T08:00:00Z"), ("2026-11-21T08:00:00.5Z", "2026-11-21T08:00:00.500000Z"),
        ("2026-11-21T08:00:00.000001+08:00", "2026-11-21T00:00:00.000001Z"), ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
    ])
    func readsMoments(text: String, written: String) throws {
        #expect(try #require(Instant(text)).description == written)
    }

    @Test("refuses moments that do not exist", arguments: [
        "2026-11-21T24:00:00Z", "2026-11-21T08:60:00Z", "2026-11-21T08:00:00", "2026-11-21", "2026-11-21T08:00:00.1234567Z",
        "2026-11-21T08:00:00.Z", "2026-11-21T08:00:00+8", "",
    ])
    func refusesMoments(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("months begin on their first day", arguments: [
        ("2026-01-31", 1, "2026-02-01"), ("2026-12-15", 1, "2027-01-01"), ("2026-01-15", -1, "2025-12-01"), ("2026-03-31", 0, "2026-03-01"),
    ] as [(String, Int, String)])
    func months(day: String, months: Int, first: String) throws {
        #expect(try #require(CalendarDate(day)).firstOfMonth(addingMonths: months).description == first)
    }
}
