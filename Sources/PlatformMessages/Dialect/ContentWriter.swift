import Primitives

/// Fills a message's fields from a record.
struct ContentWriter {
    let account: PlatformAccount

    func content(
        of fields: [RequestField], from record: Record, in path: String = ""
    ) throws(PlatformUntellable) -> WireContent {
        var content = WireContent()
        for field in fields {
            let place = path + field.name
            if case .inside(let inner) = field.filling {
                let inside = try self.content(of: inner, from: record, in: "\(place).")
                if inside.isEmpty, field.isMandatory { throw PlatformUntellable(field: place, reason: "is missing") }
                content.members.append(.init(name: field.name, value: .object(inside)))
                continue
            }
            guard case .each(let list, let inner) = field.filling else {
                content.members.append(.init(name: field.name, value: try value(of: field, from: record, at: place)))
                continue
            }
            var lines: [WireContent] = []
            for (index, line) in (record.lists[list] ?? []).enumerated() {
                lines.append(try self.content(of: inner, from: record.around(line), in: "\(place)[\(index + 1)]."))
            }
            if lines.isEmpty, field.isMandatory { throw PlatformUntellable(field: place, reason: "is missing") }
            content.members.append(.init(name: field.name, value: .list(lines)))
        }
        return content
    }

    private func value(
        of field: RequestField, from record: Record, at place: String
    ) throws(PlatformUntellable) -> WireValue {
        let given: NeutralValue =
            switch field.filling {
            case .constant(let text): .of(text)
            case .name(let name): record[name] ?? .absent
            case .setting(let name): .of(account.settings[name])
            case .secret(let name): .of(account.secrets[name])
            case .each, .inside: .absent
            }
        do throws(FieldUnwritable) {
            let written = try field.written(given)
            if written == .absent, field.isMandatory { throw FieldUnwritable("is missing") }
            return written
        } catch {
            throw PlatformUntellable(field: place, reason: error.reason)
        }
    }
}
