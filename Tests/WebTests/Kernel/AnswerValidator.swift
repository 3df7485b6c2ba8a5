import Primitives
import Web

/// Checks real answers against the service's own OpenAPI document: what is not described there is a defect.
struct AnswerValidator: Sendable {
    let document: JSONValue

    /// What is wrong with an answer; empty when it is as described.
    ///
    /// - Parameter path: as it was asked for, with `/api/v1` and without a query.
    func defects(method: String, path: String, status: Int, contentType: String, text: String) -> [String] {
        guard let operation = operation(method, path) else { return ["\(method) \(path) is not described"] }
        let name = operation["operationId"]?.string ?? path
        guard let response = operation["responses"]?[String(status)] else {
            return ["\(name): status \(status) is not described"]
        }
        let mediaType = contentType.split(separator: ";").first.map(String.init) ?? ""
        guard let schema = response["content"]?[mediaType]?["schema"] else {
            return ["\(name): \(mediaType) is not described for \(status)"]
        }
        guard mediaType.hasSuffix("json") else { return [] }
        do {
            return defects(of: try JSONValue(parsing: text), schema, at: "\(name) \(status) $")
        } catch {
            return ["\(name): \(error)"]
        }
    }

    /// The described operation that a request reaches; literal paths before those with places.
    private func operation(_ method: String, _ path: String) -> JSONValue? {
        guard path.hasPrefix("/api/v1/") else { return nil }
        let parts = path.dropFirst("/api/v1/".count).split(separator: "/", omittingEmptySubsequences: false)
        let candidates = (document["paths"]?.members ?? []).filter { member in
            let template = member.name.dropFirst().split(separator: "/")
            return template.count == parts.count && zip(template, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        let described = candidates.filter { $0.value[method.lowercased()] != nil }
        return described.min { places($0.name) < places($1.name) }?.value[method.lowercased()]
    }

    private func places(_ template: String) -> Int { template.count { $0 == "{" } }

    /// What is wrong with `value` as an instance of `schema` (JSON Schema 2020-12, the words this service uses).
    func defects(of value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        guard case .object = schema else { return ["\(path): the schema is no object"] }
        return schema.members.flatMap { keyword in check(value, keyword, schema, at: path) }
    }

    private func check(_ value: JSONValue, _ keyword: JSONValue.Member, _ schema: JSONValue, at path: String) -> [String] {
        switch keyword.name {
        case "description", "title", "format", "examples": return []
        case "$ref":
            let name = keyword.value.string ?? ""
            let prefix = "#/components/schemas/"
            guard name.hasPrefix(prefix),
                let target = document["components"]?["schemas"]?[String(name.dropFirst(prefix.count))]
            else { return ["\(path): \(name) leads nowhere"] }
            return defects(of: value, target, at: path)
        case "allOf": return keyword.value.elements.flatMap { defects(of: value, $0, at: path) }
        case "anyOf":
            let attempts = keyword.value.elements.map { defects(of: value, $0, at: path) }
            return attempts.contains(where: \.isEmpty) ? [] : ["\(path): no alternative fits"] + attempts.flatMap { $0 }
        case "type":
            let name = keyword.value.string ?? ""
            return has(value, type: name) ? [] : ["\(path): \(name) expected, found \(value.text())"]
        case "enum": return keyword.value.elements.contains(value) ? [] : ["\(path): \(value.text()) is none of those listed"]
        case "pattern":
            guard case .string(let text) = value else { return [] }
            guard let pattern = keyword.value.string, let regex = try? Regex(pattern) else { return ["\(path): bad pattern"] }
            return text.contains(regex) ? [] : ["\(path): \(text) does not match \(pattern)"]
        case "minimum", "maximum":
            guard let bound = number(keyword.value), let number = number(value) else { return [] }
            let isInside = keyword.name == "minimum" ? number >= bound : number <= bound
            return isInside ? [] : ["\(path): \(number) is outside of \(keyword.name) \(bound)"]
        case "items": return value.elements.enumerated().flatMap { defects(of: $1, keyword.value, at: "\(path)[\($0)]") }
        case "properties":
            return value.members.flatMap { member in
                keyword.value[member.name].map { defects(of: member.value, $0, at: "\(path).\(member.name)") } ?? []
            }
        case "required":
            return keyword.value.elements.compactMap(\.string).filter { value[$0] == nil }.map { "\(path).\($0) is absent" }
        case "additionalProperties":
            let others = value.members.filter { schema["properties"]?[$0.name] == nil }
            if keyword.value == false { return others.map { "\(path).\($0.name) is not described" } }
            return others.flatMap { defects(of: $0.value, keyword.value, at: "\(path).\($0.name)") }
        default: return ["\(path): the schema word \(keyword.name) is not understood"]
        }
    }

    private func number(_ value: JSONValue) -> Int64? {
        guard case .number(let text) = value else { return nil }
        return Int64(text)
    }

    private func has(_ value: JSONValue, type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null): true
        case ("number", .number): true
        case ("integer", .number(let text)): Int64(text) != nil
        default: false
        }
    }
}
