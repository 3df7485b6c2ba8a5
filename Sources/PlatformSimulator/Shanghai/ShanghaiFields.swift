import Primitives
import StrictXML

/// The values of an element's children. Each may stand once, in any order; none but those that belong there may stand.
/// That an order of elements is demanded was not found.
struct ShanghaiFields {
    struct Field {
        let name: String
        let isMandatory: Bool
        /// Characters.
        let max: Int

        /// Must be there and not empty. Where no length was found it is 200.
        static func must(_ name: String, _ max: Int = 200) -> Field { Field(name: name, isMandatory: true, max: max) }
        /// May be empty or absent.
        static func may(_ name: String, _ max: Int = 200) -> Field { Field(name: name, isMandatory: false, max: max) }
    }

    private var values: [String: String] = [:]

    init(_ element: XMLTree, _ fields: [Field]) throws(ShanghaiRefusal) {
        for child in element.elements {
            let name = child.name.local
            guard child.name.namespace == nil, fields.contains(where: { $0.name == name }) else { throw .format("不识别的元素\(name)") }
            guard child.elements.isEmpty else { throw .format("\(name)应为文本") }
            guard values.updateValue(child.trimmedText, forKey: name) == nil else { throw .format("\(name)重复") }
        }
        for field in fields {
            let value = self[field.name]
            guard !field.isMandatory || !value.isEmpty else { throw .format("\(field.name)不能为空") }
            guard value.unicodeScalars.count <= field.max else { throw .format("\(field.name)超长") }
        }
    }

    /// Empty when it is absent.
    subscript(_ name: String) -> String { values[name] ?? "" }

    /// One of some codes.
    func choice(_ name: String, _ allowed: String..., else code: String = "11006") throws(ShanghaiRefusal) -> String {
        guard allowed.contains(self[name]) else { throw ShanghaiRefusal(code, "\(name)不在字典范围内") }
        return self[name]
    }

    /// `yyyyMMdd`.
    func day(_ name: String) throws(ShanghaiRefusal) -> CalendarDate {
        guard let day = CalendarDate(digits: self[name]) else { throw .format("\(name)应为yyyyMMdd") }
        return day
    }

    func optionalDay(_ name: String) throws(ShanghaiRefusal) -> CalendarDate? { self[name].isEmpty ? nil : try day(name) }

    func money(_ name: String) throws(ShanghaiRefusal) -> Money {
        guard let money = DecimalText.money(self[name]) else { throw .format("\(name)应为金额") }
        return money
    }

    /// Whole and above 0.
    func packs(_ name: String) throws(ShanghaiRefusal) -> Int64 {
        guard let packs = DecimalText.packs(self[name]) else { throw .format("\(name)应为大于0的整数") }
        return packs
    }

    /// Whole and not below 0.
    func count(_ name: String) throws(ShanghaiRefusal) -> Int64 {
        guard let count = Int64(self[name]), count >= 0 else { throw .format("\(name)应为整数") }
        return count
    }
}
