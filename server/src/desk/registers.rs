//! Registers at the desk: which one it is, the file of its entries, what that would change.

use std::sync::Arc;

use app::{
    domain::{
        publication::{
            content::{Content, FieldFault},
            field::Fault,
        },
        register::Register,
        staff::Viewer,
    },
    ports::{Column, DeskError, DeskResult, EntriesView, PortError, Sheet, TableProblem, TableView},
    text::registers as say,
};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{DeskService, of_store};
use crate::{
    import::{Severity, letters},
    registers::{ReadEdition, read_edition, source_of},
    store::Edition,
};

/// Entries of a table shown to the officer.
const SHOWN: usize = 20;
/// Problems shown.
const PROBLEMS: usize = 200;
/// Changes shown.
const CHANGES: usize = 200;

impl DeskService {
    /// The definition of the register that content is about.
    fn register_of(&self, content: &Content) -> DeskResult<Arc<Register>> {
        let unknown = || DeskError::Faults(vec![FieldFault { field: "register", fault: Fault::NoSuchRegister }]);
        self.house.registers.get(content.field("register")).cloned().ok_or_else(unknown)
    }

    /// A register's name and source where the officer says no other.
    pub(super) fn name_register(&self, content: &mut Content) -> DeskResult<()> {
        let register = self.register_of(content)?;
        if content.title.is_empty() {
            content.title.clone_from(&register.name);
        }
        if let Some(source) = source_of(&register).filter(|_| content.source.is_empty()) {
            content.source = source;
        }
        Ok(())
    }

    /// Reads a file as the entries of the open work.
    pub(super) async fn take_entries(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        name: String,
        bytes: Vec<u8>,
        content: Content,
    ) -> DeskResult<i64> {
        let read = self.read_entries(Some(id), name, bytes.clone(), &content, Vec::new()).await?;
        self.keep_file(bytes).await?;
        self.change_table(by, id, version, |content| content.table = Some(read.table)).await
    }

    /// Reads the file again with other meanings of its columns.
    #[expect(clippy::too_many_arguments, reason = "who, what, and the file as read")]
    pub(super) async fn map_entries(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        name: String,
        bytes: Vec<u8>,
        content: Content,
        mapping: Vec<(String, String, String)>,
    ) -> DeskResult<i64> {
        let read = self.read_entries(Some(id), name, bytes, &content, mapping).await?;
        self.change_table(by, id, version, |content| content.table = Some(read.table)).await
    }

    /// The entries of the open work for the officer to look at.
    pub(super) async fn view_entries(&self, content: Content) -> DeskResult<TableView> {
        let (content, name, bytes, mapping) = self.table_of(content).await?;
        let read = self.read_entries(None, name, bytes, &content, mapping).await?;
        let difference = self.house.db.preview_entries(&read.edition).await.map_err(of_store)?;
        let changes = self.house.db.preview_changes(&read.edition, CHANGES).await.map_err(of_store)?;
        let mut view = view(&read);
        if let Some(entries) = &mut view.entries {
            let all = (difference.added, difference.changed, difference.removed, difference.unchanged);
            entries.difference = all;
            entries.changes = changes.into_iter().map(|one| (one.what, one.title, one.cells)).collect();
        }
        Ok(view)
    }

    /// The entries that are to be published.
    pub(super) async fn edition(&self, content: &Content) -> DeskResult<Edition> {
        let (content, name, bytes, mapping) = self.table_of(content.clone()).await?;
        let read = self.read_entries(None, name, bytes, &content, mapping).await?;
        // the definition may be another one than when the file was uploaded
        if read.errors() > 0 { Err(DeskError::File(say::kept_out(read.errors()))) } else { Ok(read.edition) }
    }

    async fn read_entries(
        &self,
        id: Option<Uuid>,
        name: String,
        bytes: Vec<u8>,
        content: &Content,
        mapping: Vec<(String, String, String)>,
    ) -> DeskResult<ReadEdition> {
        let (desk, today, register) = (self.clone(), self.today(), self.register_of(content)?);
        let mut told = move |rows| {
            if let Some(id) = id {
                desk.set_reading(id, Some(app::ports::Reading::Rows(rows)));
            }
        };
        let read = spawn_blocking(move || read_edition(&register, &name, &bytes, &mapping, today, &mut told)).await;
        let read = read.map_err(|error| PortError::Internal(error.to_string()))?;
        read.map_err(|refusal| DeskError::File(refusal.to_string()))
    }
}

fn view(read: &ReadEdition) -> TableView {
    let register = &read.edition.register;
    let fields = register.columns.iter().map(|column| (column.code.clone(), column.name.clone())).collect();
    let sheets = read.sheets.iter().map(|(name, columns)| Sheet {
        name: name.clone(),
        header_row: 0,
        columns: columns
            .iter()
            .enumerate()
            .map(|(at, (heading, code))| Column {
                heading: if heading.is_empty() { letters(at) } else { heading.clone() },
                field: code.clone().unwrap_or_default(),
            })
            .collect(),
        samples: 0,
        failed: 0,
    });
    let mut problems: Vec<TableProblem> = read
        .problems
        .iter()
        .map(|problem| TableProblem {
            sheet: problem.sheet.clone(),
            row: problem.row,
            column: problem.column.clone(),
            reason: problem.reason.clone(),
            is_error: problem.severity == Severity::Error,
        })
        .collect();
    problems.sort_by_key(|problem| !problem.is_error);
    problems.truncate(PROBLEMS);
    let listed: Vec<_> = register.listed().collect();
    let row = |entry: &crate::store::EntryDraft| {
        let said = listed.iter().map(|(place, column)| {
            entry.cells.get(*place).map(|cell| say::value(column, &cell.canonical())).unwrap_or_default()
        });
        said.collect()
    };
    TableView {
        sheets: sheets.collect(),
        problems,
        fields,
        first: Vec::new(),
        entries: Some(EntriesView {
            heads: listed.iter().map(|(_, column)| column.name.clone()).collect(),
            first: read.edition.entries.iter().take(SHOWN).map(row).collect(),
            over: read.over,
            difference: (0, 0, 0, 0),
            changes: Vec::new(),
        }),
    }
}
