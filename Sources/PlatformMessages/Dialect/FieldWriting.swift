import Primitives

/// Why a value cannot stand in a field. It holds nothing of the value.
struct FieldUnwritable: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}

extension RequestField {
    /// The value in the platform's form.
    func written(_ given: NeutralValue) throws(FieldUnwritable) -> WireValue {
        var value = given
        if value == .absent, let standard { value = .text(standard) }
        if !words.isEmpty, case .text(let word) = value {
            guard let own = words[word] else { throw FieldUnwritable("the platform has no word for \(word)") }
            value = .text(own)
        }
        switch value {
        case .absent: return .absent
        case .untellable(let reason): throw FieldUnwritable(reason)
        case .text(let text): return try text.isEmpty ? .absent : written(text)
        case .integer(let number): return try written(number)
        case .money(let money): return try written(money)
        case .quantity(let quantity): return try written(quantity)
        case .day(let day): return .text(try checked(day.text(type.format)))
        case .moment(let moment): return .text(try checked(written(moment)))
        }
    }

    private func written(_ moment: Instant) -> String {
        switch type {
        case .time(let format): moment.chinese(format)
        case .day(let format): moment.businessDay.text(format)
        case .text, .integer, .decimal: moment.chinese(.slashed)
        }
    }

    private func written(_ text: String) throws(FieldUnwritable) -> WireValue {
        switch type {
        case .text, .day, .time: return .text(try checked(text))
        case .integer, .decimal:
            guard let number = Int64(text) else { throw FieldUnwritable("is no number") }
            return .number(String(number))
        }
    }

    private func written(_ number: Int64) throws(FieldUnwritable) -> WireValue {
        switch type {
        case .text, .day, .time: .text(try checked(String(number)))
        case .integer, .decimal: .number(try checked(String(number)))
        }
    }

    private func written(_ money: Money) throws(FieldUnwritable) -> WireValue {
        guard case .decimal(let scale) = type else { throw FieldUnwritable("is an amount where the platform has none") }
        var decimals = 4
        var rest = money.tenThousandths.magnitude
        while decimals > 0, rest % 10 == 0 {
            decimals -= 1
            rest /= 10
        }
        guard decimals <= scale else { throw FieldUnwritable("has more than \(scale) decimals") }
        return .number(try checked(money.description))
    }

    /// Packs with as many decimals as the platform has, rounded half up; decimals that say nothing are left out.
    private func written(_ quantity: PlatformQuantity) throws(FieldUnwritable) -> WireValue {
        guard case .decimal(let scale) = type else { throw FieldUnwritable("is a number of packs where the platform has none") }
        guard quantity.tenThousandths >= 0 else { throw FieldUnwritable("is less than no pack") }
        let value = scale == 2 ? quantity.hundredths * 100 : quantity.tenThousandths
        let (whole, rest) = value.quotientAndRemainder(dividingBy: 10_000)
        guard rest != 0 else { return .number(try checked(String(whole))) }
        var decimals = String(10_000 + rest).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        guard decimals.count <= scale else { throw FieldUnwritable("has more than \(scale) decimals") }
        return .number(try checked("\(whole).\(decimals)"))
    }

    /// The text, when it is not too long and holds nothing that no text should.
    private func checked(_ text: String) throws(FieldUnwritable) -> String {
        if let length, text.unicodeScalars.count > length { throw FieldUnwritable("is longer than \(length) characters") }
        let isClean = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0.value & 0xFFFE != 0xFFFE }
        guard isClean else { throw FieldUnwritable("holds a control character") }
        return text
    }
}

extension FieldType {
    fileprivate var format: DayFormat { if case .day(let format) = self { format } else { .dashed } }
}

extension CalendarDate {
    /// The day as a platform writes it.
    func text(_ format: DayFormat) -> String {
        switch format {
        case .compact: description.filter { $0 != "-" }
        case .dashed: description
        case .dashedStart: "\(description) 00:00:00"
        case .dashedEnd: "\(description) 23:59:59"
        }
    }
}

extension Instant {
    /// The moment in China, as a platform writes it.
    func chinese(_ format: TimeFormat) -> String {
        let text = Instant(microseconds: microseconds + 8 * 3_600_000_000).description
        let (day, time) = (text.prefix(10), text.dropFirst(11).prefix(8))
        return switch format {
        case .slashed: "\(day.filter { $0 != "-" })/\(time.filter { $0 != ":" })/"
        case .dashed: "\(day) \(time)"
        case .digits: "\(day)\(time)".filter { $0 != "-" && $0 != ":" }
        }
    }
}
