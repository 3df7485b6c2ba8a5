import Mustache
import Primitives

/// The endpoints for people: every operation with its fields, roles and refusals, every object, every refusal code.
struct DocumentationPage: Sendable {
    let html: String

    init(table: EndpointTable, version: String) throws {
        let tags = table.tags.enumerated().map { index, tag in
            Tag(
                anchor: "tag-\(index + 1)", chinese: tag.chinese, english: tag.english,
                operations: table.operations.filter { $0.endpoint.tag == tag }.map { Operation($0, table.components) })
        }
        let components = table.components.sorted { $0.key < $1.key }.map { name, object in
            Component(name: name, fields: object.fields.map { Field($0) })
        }
        let content = Content(
            version: version, tags: tags, components: components, refusals: table.refusalCodes.map { Refused($0) })
        html = try MustacheTemplate(string: Self.template).render(content)
    }

    private struct Content {
        let version: String
        let tags: [Tag]
        let components: [Component]
        let refusals: [Refused]
    }

    private struct Tag {
        let anchor: String
        let chinese: String
        let english: String
        let operations: [Operation]
    }

    private struct Component {
        let name: String
        let fields: [Field]
    }

    private struct Field {
        let name: String
        let type: String
        let link: String?
        let required: Bool

        init(_ field: ObjectSchema.Field) {
            name = field.name
            (type, link) = field.schema.words
            required = field.isRequired
        }
    }

    private struct Refused {
        let code: String
        let status: Int
        let chinese: String
        let english: String

        init(_ code: any RefusalCode) {
            self.code = code.rawValue
            status = code.httpStatus
            chinese = code.meaning.chinese
            english = code.meaning.english
        }
    }

    private struct Parameter {
        let name: String
        let place: String
        let type: String
        let required: Bool
        let chinese: String
        let english: String
    }

    private struct Operation {
        let id: String
        let method: String
        let path: String
        let chinese: String
        let english: String
        let roles: String
        let parameters: [Parameter]
        let hasParameters: Bool
        let body: Shape?
        let status: Int
        let answer: Shape
        let refusals: [Refused]
        let curl: String

        init(_ operation: EndpointTable.Operation, _ components: [String: ObjectSchema]) {
            let endpoint = operation.endpoint
            id = endpoint.operationID
            method = endpoint.method.rawValue
            path = EndpointTable.root + endpoint.path.description
            chinese = endpoint.summary.chinese
            english = endpoint.summary.english
            let named = OpenAPIDocument.sorted(endpoint.roles).joined(separator: ", ")
            roles =
                endpoint.isOpen ? "无需登录 without signing in" : named.isEmpty ? "已登录人员 everybody who has signed in" : named
            let path = endpoint.path.parameters.map { name, kind in
                Parameter(name: name, place: "path", type: kind.rawValue, required: true, chinese: "", english: "")
            }
            parameters =
                path
                + endpoint.query.map {
                    Parameter(
                        name: $0.name, place: "query", type: $0.schema.words.text, required: $0.isRequired,
                        chinese: $0.meaning.chinese, english: $0.meaning.english)
                }
            hasParameters = !parameters.isEmpty
            body = operation.body.map { Shape($0) }
            status = endpoint.successStatus
            answer = Shape(operation.answer)
            refusals = operation.refusals.map { Refused($0) }
            curl = Self.curl(operation, components)
        }

        private static func curl(_ operation: EndpointTable.Operation, _ components: [String: ObjectSchema]) -> String {
            let endpoint = operation.endpoint
            let path = endpoint.path.segments.map { segment in
                switch segment {
                case .literal(let text): text
                case .parameter(_, let kind): kind.schema.example([:]).string ?? "1"
                }
            }.joined(separator: "/")
            var lines = ["curl -X \(endpoint.method.rawValue) http://127.0.0.1:8080\(EndpointTable.root)/\(path)"]
            if !endpoint.isOpen { lines.append("-H \"Authorization: Bearer $TOKEN\"") }
            if endpoint.isCommand { lines.append("-H \"Request-Id: $(uuidgen)\"") }
            if let body = operation.body {
                lines.append("-H 'Content-Type: application/json'")
                lines.append("-d '\(body.example(components).indented())'")
            }
            return lines.joined(separator: " \\\n  ")
        }
    }

    private struct Shape {
        let type: String
        let link: String?

        init(_ schema: JSONSchema) { (type, link) = schema.words }
    }
}

extension JSONSchema {
    /// The shape in a few words, and the component it leads to.
    fileprivate var words: (text: String, component: String?) {
        switch self {
        case .string(let format, _, let values, _):
            (values.isEmpty ? format ?? "text" : values.joined(separator: " | "), nil)
        case .integer: ("integer", nil)
        case .boolean: ("true | false", nil)
        case .array(let element): ("[ ] \(element.words.text)", element.words.component)
        case .map(let value): ("{ name: … } \(value.words.text)", value.words.component)
        case .object: ("object", nil)
        case .reference(let name): (name, name)
        case .nullable(let schema): ("\(schema.words.text) | null", schema.words.component)
        }
    }
}
