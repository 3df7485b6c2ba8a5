/// The check digit of GTINs, which the national drug code shares: weights 3, 1, 3, … from the right of the body.
///
/// `digits` holds the body and the check digit, ASCII digits only.
func hasMod10CheckDigit(_ digits: String) -> Bool {
    let values = digits.utf8.reversed().map { Int($0) - 48 }
    let sum = values.enumerated().dropFirst().reduce(0) { $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3) }
    return values.first == (10 - sum % 10) % 10
}
